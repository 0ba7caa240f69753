namespace DomainFlow.Ingest.Photos.Renditions;

/// <summary>Faults of a photo that decoders read over: the first one with its place, and how many there are.</summary>
internal sealed class Faults
{
    private string? _first;
    private int _count;

    /// <summary>For the report; null where there is no fault.</summary>
    public string? Warning => _count > 1 ? $"{_first} (and {_count - 1} more)" : _first;

    public void Add(long at, string what)
    {
        _first ??= $"at byte {at}: {what}";
        _count++;
    }
}
