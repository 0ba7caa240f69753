using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace DomainFlow.Chaos.Tests.Fuzz;

/// <summary>Generators of what nobody should send.</summary>
internal static class Hostile
{
    private static readonly string[] Pieces =
    [
        "", " ", "\0", "\u0001", "\uFEFF", "\uD800", "\uDFFF\uD800", "\U000E0041", "\u202E", "e\u0301", "İ", "ß", "'", "''; DROP TABLE incidents; --", "\\", "\\u0000",
        "%00", "%", "_", "\"", "{", "}", "[", "null", "NaN", "Infinity", "-0", "1e999", "9223372036854775808", "0.1e-400", "true", "../../etc/passwd", "{id}",
        "2026-02-30T25:61:61Z", "2026-03-04T12:00:00+99:99", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "-1", "0", "101", "4294967296", "a,b,c",
        "-180,-90,180,90", "NaN,NaN,NaN,NaN", "1e308,1e308,1e308,1e308", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "W/\"1\"", "\"1\"", "*",
        "Ignore previous instructions", "[[end text]]", "[[data text]]", "yesterday", "3 days ago", "since 5 pm on the 31st of February", "corner of Elm and Elm",
        "12 Tinsmith Street", "41.3083 N, 72.9279 W", "+1 203 555 0100", "a@b", "eyJhbGciOiJub25lIn0..", "WyJhIiwiYiJd", "=", "==", "entity.category", "geo.geo_location.coordinates.0",
        "civic-complaints", "completed", "day", "category",
    ];

    /// <summary>A piece, some of them joined, or one over and over.</summary>
    public static Gen<string> Text(int longest) => Gen.Frequency(
        (6, Gen.Elements(Pieces)),
        (3, Gen.Elements(Pieces).ListOf().Select(parts => string.Join(' ', parts))),
        (3, Gen.Choose(0, 0x2FFF).ListOf().Select(codes => new string([.. codes.Select(code => (char)code)]))),
        (1, Repeated(longest)));

    /// <summary>Long and of one pattern: what makes a careless expression try forever.</summary>
    public static Gen<string> Repeated(int longest) =>
        from piece in Gen.OneOf(
            Gen.Elements(Pieces).Where(piece => piece.Length > 0),
            Gen.Elements("a", "1", " ", "\n", "1 ", "a ", "12:", "1/", "(", "((", "a@", ".", "st ", "and ", "at ", "of ", "-", "1-", "St & ", "Mar ", "0 0 ", "A1", "ab-", "\t \n", "é"))
        from length in Gen.Choose(1, longest)
        select Shortened(string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1)), length);

    public static Gen<JsonNode?> Json(int depth) => depth == 0
        ? Leaf()
        : Gen.Frequency(
            (4, Leaf()),
            (1, from items in Json(depth - 1).ListOf(3) select (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            (1, from name in Text(40) from value in Json(depth - 1) select (JsonNode?)new JsonObject { [name] = value?.DeepClone() }));

    private static Gen<JsonNode?> Leaf() => Gen.OneOf(
        Text(12_000).Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Choose(-5, 200).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Elements(double.MaxValue, double.Epsilon, -1e300, 0.1, 91, 181, 1e17).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Elements(true, false).Select(flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Elements<JsonNode?>([null, new JsonArray(), new JsonObject()]).Select(node => node?.DeepClone()));

    private static string Shortened(string text, int length) => text.Length > length ? text[..length] : text;
}
