using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>Conditions that only questions set: several values of one thing, values left out, addresses, photos.</summary>
internal static class QuestionConditions
{
    private const string Category = "structured_data #>> '{entity,category}'";

    public static string Sql(IncidentFilter filter) => string.Concat(
        filter.Categories is null ? "" : $" AND {Category} = ANY (@categories)",
        filter.NotCategories is null ? "" : $" AND ({Category} = ANY (@not_categories)) IS NOT TRUE",
        filter.WorkStatuses is null ? "" : " AND work_status = ANY (@works)",
        filter.AddressPatterns is null
            ? ""
            : " AND coalesce(structured_data #>> '{geo,address}', structured_data #>> '{geo,location_text}') ~* ANY (@addresses)",
        filter.HasPhotos switch
        {
            null => "",
            true => $" AND {Photo}",
            false => $" AND NOT {Photo}",
        });

    private const string Photo = "EXISTS (SELECT FROM image_evidence i WHERE i.tenant_id = @tenant AND i.incident_id = incidents.id)";

    public static void Bind(NpgsqlParameterCollection values, IncidentFilter filter)
    {
        if (filter.Categories is { } categories) values.AddWithValue("categories", categories.ToArray());
        if (filter.NotCategories is { } not) values.AddWithValue("not_categories", not.ToArray());
        if (filter.WorkStatuses is { } works) values.AddWithValue("works", works.ToArray());
        if (filter.AddressPatterns is { } addresses) values.AddWithValue("addresses", addresses.ToArray());
    }
}
