using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Graphs;
using DomainFlow.Playbooks.Templates;
using DomainFlow.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DomainFlow.DbInit.Tenants;

/// <summary>
/// A tenant's domains as rows. A new one takes everything from its template; of one that is there already, only what the request names
/// is written: what people changed since then stays.
/// </summary>
internal static class DomainRows
{
    private const string Upsert = """
        INSERT INTO public.domain_configurations AS d (tenant_id, domain_id, domain_name, description, ingestion_playbook, query_playbook,
            management_playbook, categories, places, status_transitions, settings, learned)
        VALUES (@tenant, @domain, coalesce(@name, @template_name), @description, @ingestion, @query, @management,
            coalesce(@categories, @template_categories), coalesce(@places, @template_places), @transitions, @template_settings || @settings, @learned)
        ON CONFLICT (tenant_id, domain_id) DO UPDATE SET
            domain_name = coalesce(@name, d.domain_name), categories = coalesce(@categories, d.categories), places = coalesce(@places, d.places),
            settings = d.settings || @settings,
            -- A model speaks of the categories that it was learned with: others without a model end it.
            learned = CASE WHEN @categories IS NULL THEN coalesce(@learned, d.learned) ELSE @learned END
        WHERE (d.domain_name, d.categories, d.places, d.settings, d.learned) IS DISTINCT FROM
            (coalesce(@name, d.domain_name), coalesce(@categories, d.categories), coalesce(@places, d.places), d.settings || @settings,
            CASE WHEN @categories IS NULL THEN coalesce(@learned, d.learned) ELSE @learned END)
        RETURNING xmax = 0
        """;

    public static async Task<RowChange> WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tenant, DomainRequest domain, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Upsert, connection, transaction);
        var (values, template) = (command.Parameters, domain.Template);
        values.AddWithValue("tenant", tenant);
        values.AddWithValue("domain", domain.DomainId);
        values.AddWithValue("name", NpgsqlDbType.Text, (object?)domain.Name ?? DBNull.Value);
        values.AddWithValue("template_name", template.Name);
        values.AddWithValue("description", template.Description);
        AddJson(values, "ingestion", GraphJson.Write(template.Ingestion));
        AddJson(values, "query", GraphJson.Write(template.Query));
        AddJson(values, "management", GraphJson.Write(template.Management));
        AddJson(values, "categories", domain.Categories is { } categories ? DomainParts.FromCategories(categories) : null);
        AddJson(values, "template_categories", DomainParts.FromCategories(template.Categories));
        AddJson(values, "places", domain.Places is { } places ? DomainParts.FromPlaces(places) : null);
        AddJson(values, "template_places", new JsonArray());
        AddJson(values, "learned", domain.Learned is { } learned ? DomainParts.FromLearned(learned) : null);
        AddJson(values, "transitions", ConfigurationJson.FromTransitions(template.StatusTransitions));
        AddJson(values, "settings", Settings(domain.TimeZone, domain.Language, domain.SelfReporting, domain.Area));
        var settings = Settings(template.TimeZone, template.Language);
        settings["needed"] = ConfigurationJson.FromNeeded(template.Needed);
        AddJson(values, "template_settings", settings);
        return await command.ExecuteUpsertAsync(cancellationToken);
    }

    private static JsonObject Settings(string? timeZone, string? language, bool? selfReporting = null, Area? area = null)
    {
        var settings = new JsonObject();
        if (timeZone is not null) settings["time_zone"] = timeZone;
        if (language is not null) settings["language"] = language;
        if (selfReporting is { } isOpen) settings["self_reporting"] = isOpen;
        if (area is not null) settings["area"] = DomainParts.FromArea(area);
        return settings;
    }

    private static void AddJson(NpgsqlParameterCollection values, string name, JsonNode? json) =>
        values.AddWithValue(name, NpgsqlDbType.Jsonb, (object?)json?.ToJsonString() ?? DBNull.Value);
}
