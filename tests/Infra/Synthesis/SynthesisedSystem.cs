using System.Text.Json.Nodes;
using Amazon.CDK;
using DomainFlow.Cdk;
using DomainFlow.Cdk.Configuration;

namespace DomainFlow.Infra.Tests.Synthesis;

/// <summary>Both templates of one environment, synthesised in this process under cdk.json's context.</summary>
public sealed class SynthesisedSystem : IDisposable
{
    private readonly string folder;
    private readonly bool isCopy;

    /// <param name="change">Changes the environment's settings first, for numbers that are nobody's default.</param>
    public SynthesisedSystem(string environment, Action<JsonObject>? change = null, bool published = false)
    {
        folder = Directory.CreateTempSubdirectory("domainflow-synth-").FullName;
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
        (Data, Functions) = Read(TemplateFiles);
    }

    private SynthesisedSystem(SynthesisedSystem from)
    {
        (folder, isCopy) = (from.folder, true);
        (Configuration, Names, TemplateFiles) = (from.Configuration, from.Names, from.TemplateFiles);
        (Data, Functions) = Read(TemplateFiles);
    }

    public EnvironmentConfiguration Configuration { get; }

    public PhysicalNames Names { get; }

    public IReadOnlyList<string> TemplateFiles { get; }

    public Template Data { get; }

    public Template Functions { get; }

    public IEnumerable<Template> Both => [Data, Functions];

    /// <summary>The same templates, to be changed by one test; good for as long as this is.</summary>
    public SynthesisedSystem Copy() => new(this);

    public void Dispose()
    {
        if (!isCopy) Directory.Delete(folder, recursive: true);
    }

    private static (Template Data, Template Functions) Read(IReadOnlyList<string> files)
    {
        var data = new Template(files.Single(file => file.Contains("-data.", StringComparison.Ordinal)), null);
        return (data, new Template(files.Single(file => file.Contains("-functions.", StringComparison.Ordinal)), data));
    }

    private BuildInputs Inputs(bool published)
    {
        var zips = Path.Combine(folder, "dist");
        if (published)
        {
            Directory.CreateDirectory(zips);
            foreach (var function in Topology.SystemMap.Functions)
                File.WriteAllText(Path.Combine(zips, function.Name + ".zip"), function.Name);
        }

        return BuildInputs.Of(Repository.Root, zips, allowPlaceholders: true);
    }
}
