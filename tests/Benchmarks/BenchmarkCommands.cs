using System.CommandLine;
using DomainFlow.Benchmarks.Backends;
using DomainFlow.Benchmarks.Measuring;
using DomainFlow.Benchmarks.Parts;
using DomainFlow.Benchmarks.Running;
using DomainFlow.Local;

namespace DomainFlow.Benchmarks;

/// <summary>The command line: `table` measures and prints, `growth` proves, `backends` compares.</summary>
internal static class BenchmarkCommands
{
    private static readonly Option<DirectoryInfo> Root = new("--root") { Description = "The repository", Required = true };
    private static readonly Option<DirectoryInfo> Folder = new("--folder") { Description = "Folder for this run's state", Required = true };
    private static readonly Option<DirectoryInfo?> Published = new("--published") { Description = "Folder of the published, unzipped functions" };
    private static readonly Option<string[]> Only = new("--parts")
    {
        Description = $"Only these parts: {string.Join(", ", BenchmarkParts.Names)}",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<FileInfo?> Readme = new("--readme") { Description = "Write the tables between the marker comments of this file" };
    private static readonly Option<int> Windows = new("--windows") { Description = "Windows of the growth proof", DefaultValueFactory = _ => 9 };
    private static readonly Option<int> Calls = new("--calls") { Description = "Calls in a window, of each kind on each store", DefaultValueFactory = _ => 300 };

    private static readonly Option<int> Reports = new("--reports") { Description = "Reports of the large store", DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> Tenants = new("--tenants") { Description = "Tenants of the store that has many", DefaultValueFactory = _ => 5_000 };

    private static readonly Option<int[]> Documents = new("--documents")
    {
        Description = "Sizes of the indexes that are compared",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [10_000, 100_000],
    };

    private static readonly Option<int> Questions = new("--questions") { Description = "Questions of each kind", DefaultValueFactory = _ => 300 };
    private static readonly Option<int> Shards = new("--shards") { Description = "Shards of an OpenSearch index", DefaultValueFactory = _ => 8 };

    public static RootCommand Create()
    {
        Only.AcceptOnlyFromAmong([.. BenchmarkParts.Names]);
        var table = new Command("table", "Measure, and print the tables") { Root, Folder, Published, Only, Readme };
        table.SetAction(TableAsync);
        var growth = new Command("growth", "Prove that cost grows as it should") { Root, Folder, Published, Windows, Calls, Reports, Tenants };
        growth.SetAction(GrowthAsync);
        var backends = new Command("backends", "Compare the embedded search with the OpenSearch that OPENSEARCH_URL names") { Root, Documents, Questions, Shards, Readme };
        backends.SetAction(BackendsAsync);
        return new RootCommand("Measures DomainFlow on the PostgreSQL that the DB_* variables name.") { table, growth, backends };
    }

    private static async Task<int> BackendsAsync(ParseResult parsed, CancellationToken stop)
    {
        var endpoint = Environment.GetEnvironmentVariable("OPENSEARCH_URL") ?? throw new HostException("OPENSEARCH_URL is not set: it names the OpenSearch to compare with");
        var cluster = Cluster.Read(Environment.GetEnvironmentVariable);
        var comparison = new BackendComparison(
            cluster, new Uri(endpoint), Workbench.StreetsOf(parsed.GetRequiredValue(Root).FullName), parsed.GetValue(Shards), parsed.GetValue(Questions));
        var content = $"{(await comparison.RunAsync(parsed.GetRequiredValue(Documents), stop)).ToString().Trim()}\n\n"
            + await Machine.DescribeAsync(cluster.Superuser("postgres"), python: null, stop);
        await Console.Out.WriteLineAsync(content);
        await WriteAsync(parsed.GetValue(Readme), MarkedBlock.Backends, content, stop);
        return 0;
    }

    private static async Task<int> TableAsync(ParseResult parsed, CancellationToken stop)
    {
        var bench = await BenchAsync(parsed, stop);
        var parts = parsed.GetValue(Only) is { Length: > 0 } some ? some : [.. BenchmarkParts.Names];
        var about = await Machine.DescribeAsync(bench.Cluster.Superuser("postgres"), bench.Python.About, stop);
        var tables = new List<Table>();
        await foreach (var table in BenchmarkParts.RunAsync(bench, parts, stop))
        {
            await Console.Out.WriteLineAsync(table + "\n");
            tables.Add(table);
        }

        await Console.Out.WriteLineAsync(about);
        await WriteAsync(parsed.GetValue(Readme), MarkedBlock.Benchmarks, string.Join("\n\n", tables.Select(table => table.ToString().Trim()).Append(about)), stop);
        return 0;
    }

    private static async Task WriteAsync(FileInfo? readme, string block, string content, CancellationToken stop)
    {
        if (readme is null) return;
        await File.WriteAllTextAsync(readme.FullName, MarkedBlock.Replace(await File.ReadAllTextAsync(readme.FullName, stop), block, content), stop);
    }

    private static async Task<int> GrowthAsync(ParseResult parsed, CancellationToken stop)
    {
        var size = new GrowthSize(parsed.GetValue(Windows), parsed.GetValue(Calls), parsed.GetValue(Reports), parsed.GetValue(Tenants));
        var (table, worst, holds) = await new Growth(await BenchAsync(parsed, stop), size).RunAsync(stop);
        await Console.Out.WriteLineAsync(table.ToString());
        await Console.Out.WriteLineAsync(worst);
        return holds ? 0 : 1;
    }

    private static async Task<Workbench> BenchAsync(ParseResult parsed, CancellationToken stop)
    {
        var (root, folder) = (parsed.GetRequiredValue(Root).FullName, parsed.GetRequiredValue(Folder).FullName);
        Directory.CreateDirectory(folder);
        var published = parsed.GetValue(Published)?.FullName;
        if (published is not null && !Directory.Exists(published)) throw new HostException($"--published names {published}, which does not exist");
        return new(Cluster.Read(Environment.GetEnvironmentVariable), root, folder, Path.Combine(root, "artifacts", "bin"), published,
            await PythonFunction.FindAsync(folder, stop));
    }
}
