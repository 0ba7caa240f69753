using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Reports;
using Npgsql;

namespace DomainFlow.Chaos.Tests.Kill;

/// <summary>Compares what Reports says with what the other stores show, by its own reading of the rows and not by the code that wrote them.</summary>
internal static class StoreComparison
{
    private const string Compared = """
        SELECT i.item::text, r.version, r.status, r.raw_text, r.structured_data::text, ST_Y(r.location::geometry), ST_X(r.location::geometry),
            d.version, d.deleted, d.text_content,
            ARRAY(SELECT e.id FROM public.image_evidence e WHERE e.tenant_id = i.tenant_id AND e.incident_id::text = i.partition_key ORDER BY e.id),
            (SELECT count(*) FROM embedded.index_entries n
                WHERE n.table_name = 'Reports' AND n.partition_key = i.partition_key AND n.index_name = 'unfinished-index')
        FROM embedded.items i
        LEFT JOIN public.incidents r ON r.tenant_id = i.tenant_id AND r.id::text = i.partition_key
        LEFT JOIN embedded.search_documents d ON d.index_name = 'incident_embeddings' AND d.tenant_id = i.tenant_id AND d.id::text = i.partition_key
        WHERE i.table_name = 'Reports' AND i.tenant_id = $1
        """;

    private const string Strays = """
        SELECT 'incident ' || id FROM public.incidents WHERE tenant_id = $1
            AND id::text NOT IN (SELECT partition_key FROM embedded.items WHERE table_name = 'Reports' AND tenant_id = $1)
        UNION ALL
        SELECT 'document ' || id FROM embedded.search_documents WHERE tenant_id = $1 AND NOT deleted
            AND id::text NOT IN (SELECT partition_key FROM embedded.items WHERE table_name = 'Reports' AND tenant_id = $1)
        """;

    /// <returns>A line for each thing that differs; none where the stores agree.</returns>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(NpgsqlDataSource superuser, Guid tenant)
    {
        var differences = new List<string>();
        await using (var command = Command(superuser, Compared, tenant))
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var report = JsonSerializer.Deserialize(reader.GetString(0), DomainJson.Default.Report)!;
                differences.AddRange(Differences(report, reader).Select(what => $"{report.IncidentId} ({report.Status}, version {report.Version}): {what}"));
            }
        }

        await using var strays = Command(superuser, Strays, tenant);
        await using var stray = await strays.ExecuteReaderAsync();
        while (await stray.ReadAsync()) differences.Add(stray.GetString(0) + " has no item");
        return differences;
    }

    private static IEnumerable<string> Differences(Report report, NpgsqlDataReader row)
    {
        if (report.Projected != report.Version) yield return $"marked as projected is {report.Projected?.ToString(null, null) ?? "nothing"}";
        if (row.GetInt64(11) != 0) yield return "it stands in the index of what is not finished";
        foreach (var difference in report.Status == ReportStatus.Deleted ? Risen(row) : Shown(report, row)) yield return difference;
    }

    private static IEnumerable<string> Risen(NpgsqlDataReader row)
    {
        if (!row.IsDBNull(1)) yield return $"incidents shows version {row.GetInt64(1)}";
        if (!row.IsDBNull(8) && !row.GetBoolean(8)) yield return $"search shows version {row.GetInt64(7)}";
        if (row.GetFieldValue<Guid[]>(10).Length > 0) yield return "image_evidence shows photos";
    }

    private static IEnumerable<string> Shown(Report report, NpgsqlDataReader row)
    {
        if (report.Status == ReportStatus.Received) yield return "its playbook did not run";
        if (row.IsDBNull(1))
        {
            yield return "incidents does not show it";
            yield break;
        }

        if (row.GetInt64(1) != report.Version || row.GetString(2) != report.Status) yield return $"incidents shows version {row.GetInt64(1)}, {row.GetString(2)}";
        if (row.GetString(3) != report.RawText) yield return "incidents shows another text";
        if (!JsonNode.DeepEquals(Outputs(row), report.CorrectedData ?? [])) yield return $"incidents shows the outputs {Outputs(row).ToJsonString()}";
        if (ReportPlace.Of(report)?.Point is var point && (Degrees(row, 5) != point?.Lat || Degrees(row, 6) != point?.Lon)) yield return "incidents shows another place";
        var photos = report.Images.Where(image => image.Status == ReportImage.Stored).Select(image => image.Id).Order();
        if (!photos.SequenceEqual(row.GetFieldValue<Guid[]>(10).Order())) yield return "image_evidence shows other photos";
        if (row.IsDBNull(8) || row.GetBoolean(8)) yield return "search does not show it";
        else if (row.GetInt64(7) != report.Version) yield return $"search shows version {row.GetInt64(7)}";
        else if ((string?)report.CorrectedData?["geo"]?["address"] is { } address && !row.GetString(9).Contains(address, StringComparison.Ordinal))
            yield return $"search shows the text '{row.GetString(9)}' without '{address}'";
    }

    private static JsonObject Outputs(NpgsqlDataReader row)
    {
        var data = JsonNode.Parse(row.GetString(4))!.AsObject();
        data.Remove("management_data");
        return data;
    }

    private static double? Degrees(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    private static NpgsqlCommand Command(NpgsqlDataSource source, string sql, Guid tenant)
    {
#pragma warning disable CA2100 // Constants above.
        var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
        return command;
    }
}
