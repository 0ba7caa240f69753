using System.CommandLine;
using System.Text.Json.Serialization;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Upkeep;

/// <summary>Asks for another run of the playbook: for one report, or for all that match.</summary>
internal static class ReprocessCommand
{
    private sealed record Page(
        [property: JsonPropertyName("requested")] int Requested,
        [property: JsonPropertyName("next_cursor")] string? NextCursor);

    public static Command Create()
    {
        var state = CommonOptions.State();
        var url = CommonOptions.Url();
        var tenant = CommonOptions.Tenant();
        var domain = CommonOptions.Domain();
        var id = new Option<Guid?>("--id") { Description = "One report; without it, all of the domain that match the filters" };
        var command = new Command("reprocess", "Run the playbook on reports once more") { state, url, tenant, domain, id };
        var filters = ReportFilterOptions.All.Where(option => option != ReportFilterOptions.UpdatedSince).ToList();
        foreach (var filter in filters) command.Add(filter);
        command.SetAction((parsed, token) => ClientRun.GuardAsync(
            async run =>
            {
                var folder = parsed.GetRequiredValue(state).FullName;
                var acting = ActingTenant.Choose(folder, parsed.GetValue(tenant), parsed.GetValue(domain));
                var api = run.Api(parsed.GetRequiredValue(url), folder, acting);
                if (parsed.GetValue(id) is { } one)
                {
                    await api.SendAsync(HttpMethod.Post, $"/reports/{one}/reprocess", null, token);
                    await run.Out.WriteLineAsync("1 asked for");
                    return 0;
                }

                var query = string.Join('&', ReportFilterOptions.Read(parsed, acting.DomainId).Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));
                var (requested, cursor) = (0, "");
                do
                {
                    var page = (await api.SendAsync(HttpMethod.Post, $"/reports/reprocess?{query}{cursor}", null, token)).Read<Page>();
                    requested += page.Requested;
                    cursor = page.NextCursor is null ? null : $"&cursor={Uri.EscapeDataString(page.NextCursor)}";
                }
                while (cursor is not null);
                await run.Out.WriteLineAsync($"{requested} asked for");
                return 0;
            },
            token));
        return command;
    }
}
