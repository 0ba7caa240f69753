using DomainFlow.Benchmarks.Measuring;
using DomainFlow.Benchmarks.Parts;
using DomainFlow.Benchmarks.Running;

namespace DomainFlow.Benchmarks;

/// <summary>The parts of the README's tables, in their order.</summary>
internal static class BenchmarkParts
{
    private static readonly Dictionary<string, Func<Workbench, CancellationToken, Task<IReadOnlyList<Table>>>> Parts = new()
    {
        ["posts"] = async (bench, stop) => [await new Posts(bench).RunAsync(stop)],
        ["http"] = (bench, stop) => new WholeSystem(bench).RunAsync(stop),
        ["cold"] = async (bench, stop) => [await new ColdStarts(bench).RunAsync(stop)],
        ["search"] = async (bench, stop) => [await new Searches(bench).RunAsync(stop)],
    };

    public static IEnumerable<string> Names => Parts.Keys;

    public static async IAsyncEnumerable<Table> RunAsync(
        Workbench bench, IReadOnlyCollection<string> names, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var (name, part) in Parts.Where(part => names.Contains(part.Key)))
        {
            Progress.Say($"part {name}");
            foreach (var table in await part(bench, stop)) yield return table;
        }
    }
}
