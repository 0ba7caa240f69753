using DomainFlow.Domain.Search;

namespace DomainFlow.Search.Reading;

/// <summary>A request that has been looked at: it can be searched for.</summary>
/// <param name="Words">The text's words; null where there is none.</param>
/// <param name="Unit">The vector, of length 1.</param>
internal sealed record AskedSearch(SearchRequest Request, string? Words, float[]? Unit)
{
    private const int MaxLimit = 100;

    /// <summary>False where the request itself shuts everything out.</summary>
    public bool CanMatch => Request.Ids is not { Count: 0 } && (Unit is not null || Words is { Length: > 0 });

    public bool IsFused => Unit is not null && Words is not null;

    /// <exception cref="ArgumentException">Neither text nor vector is given, the vector cannot be compared, or the limit is not 1 to 100.</exception>
    public static AskedSearch Of(SearchRequest request, int dimensions)
    {
        if (request.Limit is < 1 or > MaxLimit)
            throw new ArgumentException($"A search gives 1 to {MaxLimit} hits, not {request.Limit}.", nameof(request));
        var words = string.IsNullOrWhiteSpace(request.Text) ? null : SearchWords.Asked(request.Text);
        var unit = request.Vector is { } vector ? UnitVector.Of(vector.Span, dimensions) : null;
        return words is null && unit is null
            ? throw new ArgumentException("A search needs a text or a vector.", nameof(request))
            : new(request, words, unit);
    }
}
