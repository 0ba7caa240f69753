using System.Text.Json.Nodes;

namespace DomainFlow.Benchmarks.Running;

/// <summary>What all parts share.</summary>
/// <param name="Root">The repository.</param>
/// <param name="Folder">For state and sockets of this run.</param>
/// <param name="Built">Folder of the functions as built.</param>
/// <param name="Published">Folder of the functions as published and unzipped; null where they are not there.</param>
internal sealed record Workbench(Cluster Cluster, string Root, string Folder, string Built, string? Published, PythonFunction Python)
{
    private readonly JsonNode city = CityOf(Root);

    /// <summary>The functions as they are deployed, where they are there.</summary>
    public string Functions => Published ?? Built;

    public string FunctionsLabel => Published is null ? "as built" : "as published";

    /// <summary>Streets of the sample city.</summary>
    public IReadOnlyList<string> Streets => StreetsIn(city);

    /// <summary>The same, without a workbench.</summary>
    public static IReadOnlyList<string> StreetsOf(string root) => StreetsIn(CityOf(root));

    /// <summary>What makes DbInit lay a tenant with the sample city's domain.</summary>
    public JsonObject TenantPayload(Guid tenant) => new()
    {
        ["tenant"] = new JsonObject
        {
            ["id"] = tenant.ToString(),
            ["name"] = "City " + tenant,
            ["domains"] = new JsonArray(new JsonObject
            {
                ["domain_id"] = Store.Domain,
                ["template"] = Store.Domain,
                ["time_zone"] = city["time_zone"]!.DeepClone(),
                ["places"] = city["places"]!.DeepClone(),
            }),
        },
    };

    private static JsonNode CityOf(string root) => JsonNode.Parse(File.ReadAllText(Path.Combine(root, "samples", Store.Domain, "city.json")))!;

    private static IReadOnlyList<string> StreetsIn(JsonNode city) =>
        [.. city["places"]!.AsArray().Where(p => (string?)p!["kind"] == "street").Select(p => (string)p!["name"]!)];
}
