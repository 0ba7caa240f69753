using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Tenants;

/// <summary>A tenant with one domain, and the user who acts in it. The one to try things with is kept in the state folder.</summary>
internal sealed record DemoTenant(Guid TenantId, Guid UserId, string DomainId)
{
    public const string StandardDomain = "civic-complaints";

    public static DemoTenant Fresh() => new(Guid.NewGuid(), Guid.NewGuid(), StandardDomain);

    private static string PathIn(string stateFolder) => Path.Combine(stateFolder, "tenant.json");

    /// <summary>The kept tenant, or null before there is one.</summary>
    /// <exception cref="ClientException">tenant.json cannot be read.</exception>
    public static DemoTenant? Find(string stateFolder)
    {
        var path = PathIn(stateFolder);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<DemoTenant>(File.ReadAllText(path), Wire.Options) is { DomainId: not null } kept && kept.TenantId != Guid.Empty
                ? kept
                : throw new JsonException("tenant_id, user_id or domain_id is missing");
        }
        catch (JsonException e)
        {
            throw new ClientException($"{path} is not a tenant: {e.Message}", e);
        }
    }

    /// <exception cref="ClientException">There is none.</exception>
    public static DemoTenant Require(string stateFolder) =>
        Find(stateFolder) ?? throw new ClientException($"{PathIn(stateFolder)} is not there: make the demo tenant first (the command tenant), or name one with --tenant");

    public void Keep(string stateFolder)
    {
        var path = PathIn(stateFolder);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, Wire.Indented));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Makes the tenant with the civic-complaints template and the samples' gazetteer; a second time changes nothing.</summary>
    public Task CreateAsync(FunctionInvoker functions, string name, Samples samples, CancellationToken cancellationToken)
    {
        var domain = new JsonObject
        {
            ["domain_id"] = DomainId,
            ["template"] = StandardDomain,
            ["time_zone"] = samples.City.TimeZone,
            ["language"] = samples.City.Language,
            ["places"] = samples.GazetteerJson.DeepClone(),
        };
        var tenant = new JsonObject { ["id"] = TenantId.ToString(), ["name"] = name, ["dedicated"] = false, ["domains"] = new JsonArray(domain) };
        return functions.DbInitAsync(new JsonObject { ["tenant"] = tenant }, cancellationToken);
    }
}
