using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Search;
using Npgsql;
using NpgsqlTypes;

namespace DomainFlow.Postgres;

/// <summary>Which incidents of a tenant are meant; what is null is not asked for.</summary>
/// <param name="Category">Id of a category, in structured_data's entity.category.</param>
/// <param name="From">Earliest reported_at, inclusive.</param>
/// <param name="To">End of reported_at, exclusive.</param>
/// <param name="UpdatedSince">Earliest updated_at, inclusive.</param>
/// <param name="Urgency">low, medium, high or critical, in structured_data's temporal.urgency.</param>
/// <param name="PlaceText">Words of a place, somewhere in the text.</param>
/// <param name="Near">Located within this circle.</param>
/// <param name="Text">Words of the text: "quoted phrases", or and -not are understood.</param>
/// <param name="Languages">ISO 639-1 codes of the tenant's domains, by domain: how words are stemmed. English where nothing is said.</param>
/// <param name="Categories">Ids, of which an incident has one.</param>
/// <param name="NotCategories">Ids of which it has none.</param>
/// <param name="WorkStatuses">Of which it has one.</param>
/// <param name="AddressPatterns">Regular expressions, of which one matches its address (else its location_text), whatever the case.</param>
/// <param name="HasPhotos">Only with photos, or only without.</param>
public sealed record IncidentFilter(
    Guid Tenant,
    string? DomainId = null,
    string? Status = null,
    string? WorkStatus = null,
    string? Category = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    Bounds? Bounds = null,
    string? Text = null,
    DateTimeOffset? UpdatedSince = null,
    string? Urgency = null,
    string? PlaceText = null,
    Circle? Near = null,
    IReadOnlyDictionary<string, string>? Languages = null,
    IReadOnlyList<string>? Categories = null,
    IReadOnlyList<string>? NotCategories = null,
    IReadOnlyList<string>? WorkStatuses = null,
    IReadOnlyList<string>? AddressPatterns = null,
    bool? HasPhotos = null);

/// <summary>A circle on the earth, in degrees and metres.</summary>
public sealed record Circle(double Longitude, double Latitude, double RadiusMetres);

/// <summary>A box in degrees, edges along parallels and meridians. West greater than east means that it crosses the 180th meridian.</summary>
public sealed record Bounds(double West, double South, double East, double North);

/// <summary>A filter as SQL: constants in the text, values bound.</summary>
internal static class IncidentFilterSql
{
    /// <summary>Conditions on the view incidents, beginning with the tenant; their values are bound by <see cref="Bind"/>.</summary>
    public static string Where(IncidentFilter filter)
    {
        var sql = new StringBuilder("WHERE tenant_id = @tenant");
        if (filter.DomainId is not null) sql.Append(" AND domain_id = @domain");
        if (filter.Status is not null) sql.Append(" AND status = @status");
        if (filter.WorkStatus is not null) sql.Append(" AND work_status = @work");
        if (filter.Category is not null) sql.Append(" AND structured_data @> @category");
        if (filter.From is not null) sql.Append(" AND reported_at >= @from");
        if (filter.To is not null) sql.Append(" AND reported_at < @to");
        if (filter.UpdatedSince is not null) sql.Append(" AND updated_at >= @since");
        if (filter.Urgency is not null) sql.Append(" AND structured_data @> @urgency");
        if (filter.PlaceText is not null) sql.Append(" AND ").Append(new WordCondition(filter).Sql("phraseto_tsquery", "@place"));
        if (filter.Near is not null) sql.Append(" AND ST_DWithin(location, ST_SetSRID(ST_MakePoint(@near_lon, @near_lat), 4326)::geography, @radius)");
        if (filter.Text is not null) sql.Append(" AND ").Append(new WordCondition(filter).Sql("websearch_to_tsquery", "@words"));
        sql.Append(QuestionConditions.Sql(filter));
        if (filter.Bounds is { } bounds)
        {
            sql.Append(bounds.West <= bounds.East
                ? " AND location::geometry && ST_MakeEnvelope(@west, @south, @east, @north, 4326)"
                : " AND (location::geometry && ST_MakeEnvelope(@west, @south, 180, @north, 4326)"
                    + " OR location::geometry && ST_MakeEnvelope(-180, @south, @east, @north, 4326))");
        }

        return sql.ToString();
    }

    public static void Bind(NpgsqlParameterCollection values, IncidentFilter filter)
    {
        if (filter.DomainId is { } domain) values.AddWithValue("domain", domain);
        if (filter.Status is { } status) values.AddWithValue("status", status);
        if (filter.WorkStatus is { } work) values.AddWithValue("work", work);
        if (filter.Category is { } category) values.AddWithValue("category", NpgsqlDbType.Jsonb, Sample("entity", "category", category));
        if (filter.Urgency is { } urgency) values.AddWithValue("urgency", NpgsqlDbType.Jsonb, Sample("temporal", "urgency", urgency));
        if (filter.PlaceText is { } place) values.AddWithValue("place", string.Join(' ', SearchWords.Of(place)));
        if (filter.Near is { } near)
        {
            values.AddWithValue("near_lon", near.Longitude);
            values.AddWithValue("near_lat", near.Latitude);
            values.AddWithValue("radius", near.RadiusMetres);
        }

        if (filter.From is { } from) values.AddWithValue("from", from.ToUniversalTime());
        if (filter.To is { } to) values.AddWithValue("to", to.ToUniversalTime());
        if (filter.UpdatedSince is { } since) values.AddWithValue("since", since.ToUniversalTime());
        if (filter.Text is { } words) values.AddWithValue("words", WordQuery.Of(words) ?? "");
        if (filter.Text is not null || filter.PlaceText is not null) new WordCondition(filter).Bind(values);
        QuestionConditions.Bind(values, filter);
        if (filter.Bounds is not { } bounds) return;
        values.AddWithValue("west", bounds.West);
        values.AddWithValue("south", bounds.South);
        values.AddWithValue("east", bounds.East);
        values.AddWithValue("north", bounds.North);
    }

    /// <summary>What structured_data must contain, so that its GIN index is used.</summary>
    private static string Sample(string agent, string key, string value) =>
        new JsonObject { [agent] = new JsonObject { [key] = value } }.ToJsonString();
}
