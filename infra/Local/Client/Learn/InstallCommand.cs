using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Learn;

/// <summary>Installs a learned domain template in a tenant, by DbInit; what the tenant's other domains say stays.</summary>
internal static class InstallCommand
{
    private static readonly Argument<FileInfo> Template = new("template") { Description = "A domain template: what learn --output wrote" };
    private static readonly Option<DirectoryInfo> State = CommonOptions.State();
    private static readonly Option<string> Url = CommonOptions.Url();
    private static readonly Option<Guid?> Tenant = CommonOptions.Tenant();
    private static readonly Option<DirectoryInfo> SamplesFolder = CommonOptions.Samples();
    private static readonly Option<string?> TenantName = new("--tenant-name") { Description = "The tenant's name; the demo tenant's unless given" };

    public static Command Create()
    {
        var command = new Command("install", "Install a learned domain template in a tenant") { Template, State, Url, SamplesFolder, Tenant, TenantName };
        command.SetAction((parsed, token) => ClientRun.GuardAsync(run => RunAsync(run, parsed, token), token));
        return command;
    }

    private static async Task<int> RunAsync(ClientRun run, ParseResult parsed, CancellationToken cancellationToken)
    {
        var domain = await ReadAsync(parsed.GetRequiredValue(Template).FullName, cancellationToken);
        var tenant = ActingTenant.Choose(parsed.GetRequiredValue(State).FullName, parsed.GetValue(Tenant), (string?)domain["domain_id"]);
        var payload = new JsonObject
        {
            ["tenant"] = new JsonObject
            {
                ["id"] = tenant.TenantId.ToString(),
                ["name"] = parsed.GetValue(TenantName) ?? Samples.Open(parsed.GetRequiredValue(SamplesFolder).FullName).City.Name,
                ["domains"] = new JsonArray(domain),
            },
        };
        var answer = await new FunctionInvoker(run.Operator(parsed.GetRequiredValue(Url), parsed.GetRequiredValue(State).FullName)).DbInitAsync(payload, cancellationToken);
        var verb = Names(answer, "created").Contains($"domain {tenant.DomainId}") ? "made"
            : Names(answer, "changed").Contains($"domain {tenant.DomainId}") ? "changed"
            : "there already, as it is";
        await run.Out.WriteLineAsync($"domain {tenant.DomainId} of tenant {tenant.TenantId}: {verb}");
        return 0;
    }

    private static async Task<JsonObject> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw new ClientException($"{path} is not there");
        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(path, cancellationToken)) is JsonObject domain && domain["domain_id"] is not null
                ? domain
                : throw new JsonException("domain_id is missing");
        }
        catch (JsonException e)
        {
            throw new ClientException($"{path} is no domain template: {e.Message}", e);
        }
    }

    private static IEnumerable<string?> Names(JsonNode? answer, string key) => (answer?[key] as JsonArray ?? []).Select(name => (string?)name);
}
