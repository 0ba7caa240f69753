using System.Text.Json.Nodes;
using Amazon.CDK;
using DomainFlow.Cdk;
using DomainFlow.Cdk.Configuration;

namespace DomainFlow.Infra.Tests.Synthesis;

/// <summary>Both templates of one environment, synthesised in this process under cdk.json's context.</summary>
public sealed class SynthesisedSystem : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("domainflow-synth-").FullName;

    /// <param name="change">Changes the environment's settings first, for numbers that are nobody's default.</param>
    public SynthesisedSystem(string environment, Action<JsonObject>? change = null, bool published = false)
    {
        var context = Repository.Context();
        change?.Invoke(context["environments"]![environment]!.AsObject());
        Configuration = EnvironmentConfiguration.Read(context["environments"], environment);
        Names = new PhysicalNames(Configuration);
        var app = new App(new AppProps
        {
            Outdir = Path.Combine(folder, "cdk.out"),
            Context = context.ToDictionary(pair => pair.Key, pair => Context.FromJson(pair.Value!)),
        });
        DomainFlowSystem.Add(app, Configuration, Inputs(published));
        app.Synth();
        TemplateFiles = [.. Directory.GetFiles(Path.Combine(folder, "cdk.out"), "*.template.json").Order(StringComparer.Ordinal)];
        Data = new Template(TemplateFiles.Single(file => file.Contains("-data.", StringComparison.Ordinal)), null);
        Functions = new Template(TemplateFiles.Single(file => file.Contains("-functions.", StringComparison.Ordinal)), Data);
    }

    public EnvironmentConfiguration Configuration { get; }

    public PhysicalNames Names { get; }

    public IReadOnlyList<string> TemplateFiles { get; }

    public Template Data { get; }

    public Template Functions { get; }

    public IEnumerable<Template> Both => [Data, Functions];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private BuildInputs Inputs(bool published)
    {
        var zips = Path.Combine(folder, "dist");
        if (published)
        {
            Directory.CreateDirectory(zips);
            foreach (var function in Topology.SystemMap.Functions)
                File.WriteAllText(Path.Combine(zips, function.Name + ".zip"), function.Name);
        }

        return BuildInputs.Of(Repository.Root, zips);
    }
}
