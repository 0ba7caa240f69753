using System.Text.RegularExpressions;

namespace DomainFlow.Topology;

/// <summary>
/// The origins whose pages may read answers. Each is written as browsers send it (https://app.example.org, http://localhost:3000); the port may be
/// <c>*</c> for any port that is named, and <c>*</c> alone stands for every origin.
/// </summary>
public sealed partial class AllowedOrigins
{
    /// <summary>The variable that tells the functions.</summary>
    public const string Variable = "ALLOWED_ORIGINS";

    private const string AnyPort = ":*";

    private AllowedOrigins(IReadOnlyList<string> entries) => Entries = entries;

    public static AllowedOrigins None { get; } = new([]);

    /// <summary>Pages that this machine itself serves, on any port.</summary>
    public static AllowedOrigins ThisMachine { get; } = Of(
        [.. new[] { "http", "https" }.SelectMany(scheme => new[] { "localhost", "127.0.0.1" }.SelectMany(
            host => new[] { $"{scheme}://{host}", $"{scheme}://{host}{AnyPort}" }))]);

    public IReadOnlyList<string> Entries { get; }

    /// <param name="list">Entries separated by commas; null or blank for none.</param>
    /// <exception cref="FormatException">An entry is no origin; the message names it.</exception>
    public static AllowedOrigins Parse(string? list) =>
        Of(list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []);

    /// <exception cref="FormatException">An entry is no origin; the message names it.</exception>
    public static AllowedOrigins Of(IReadOnlyList<string> entries) =>
        entries.FirstOrDefault(entry => entry != Cors.AnyOrigin && !Entry().IsMatch(entry)) is { } wrong
            ? throw new FormatException($"'{wrong}' is no origin: scheme, host and port are needed, for example https://app.example.org or http://localhost:*")
            : new(entries);

    public AllowedOrigins And(AllowedOrigins others) => new([.. Entries.Union(others.Entries)]);

    /// <param name="origin">The request's Origin header.</param>
    public bool Allows(string? origin) => !string.IsNullOrEmpty(origin) && Entries.Any(entry => Matches(entry, origin));

    /// <summary>The headers that let the origin's page read an answer. Every answer varies by Origin, also where there is none.</summary>
    public IEnumerable<KeyValuePair<string, string>> HeadersFor(string? origin)
    {
        yield return new("Vary", "Origin");
        if (!Allows(origin)) yield break;
        yield return new(Cors.AllowOriginHeader, origin!);
        yield return new(Cors.ExposeHeadersHeader, Cors.ExposeHeaders);
    }

    /// <summary>As <see cref="Parse"/> takes it.</summary>
    public override string ToString() => string.Join(',', Entries);

    private static bool Matches(string entry, string origin) =>
        entry == Cors.AnyOrigin
        || entry == origin
        || (entry.EndsWith(AnyPort, StringComparison.Ordinal)
            && origin.StartsWith(entry[..^1], StringComparison.Ordinal)
            && origin.Length > entry.Length - 1
            && origin.AsSpan(entry.Length - 1).IndexOfAnyExceptInRange('0', '9') < 0);

    [GeneratedRegex(@"^https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:([0-9]{1,5}|\*))?\z")]
    private static partial Regex Entry();
}
