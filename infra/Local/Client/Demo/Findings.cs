using System.Collections.Concurrent;

namespace DomainFlow.Local.Client.Demo;

/// <summary>What turned out wrong.</summary>
internal sealed class Findings
{
    private readonly ConcurrentQueue<string> wrong = new();

    public IReadOnlyCollection<string> Wrong => wrong;

    public void Add(string what) => wrong.Enqueue(what);

    /// <summary>Notes <paramref name="otherwise"/> unless it holds.</summary>
    public bool Expect(bool holds, string otherwise)
    {
        if (!holds) Add(otherwise);
        return holds;
    }
}
