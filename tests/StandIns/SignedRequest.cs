using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace DomainFlow.StandIns;

/// <summary>A request to be signed.</summary>
internal sealed record SignedRequest(
    string Method, string Url, IReadOnlyList<(string Name, string Value)> Named, byte[] Body, string Service, string Region, DateTime Time, ImmutableCredentials Credentials)
{
    private const string Letters = "abcXYZ019-._~ !*'()@:$,+;=&%äß🚰/";

    public string ContentHash => Convert.ToHexStringLower(SHA256.HashData(Body));

    /// <summary>Whether the pairs of the query come in another order once they are encoded.</summary>
    public bool HasOddNames
    {
        get
        {
            var pairs = new Uri(Url).Query.TrimStart('?').Split('&');
            string[] Ordered(Func<string, string> by) => [.. pairs.OrderBy(pair => by(pair.Split('=')[0]), StringComparer.Ordinal).ThenBy(by, StringComparer.Ordinal)];
            return !Ordered(pair => pair).SequenceEqual(Ordered(Uri.UnescapeDataString));
        }
    }

    public static SignedRequest Random(Random random, string service)
    {
        var path = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => "/" + Uri.EscapeDataString(Text(random, 1, 12))));
        var query = string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => $"{Uri.EscapeDataString(Text(random, 1, 6))}={Uri.EscapeDataString(Text(random, 0, 9))}"));
        var headers = Enumerable.Range(0, random.Next(3)).Select(n => ($"X-Header-{n}", $"v{random.Next()}  with {random.Next()}   spaces")).ToList();
        var body = new byte[random.Next(2) == 0 ? 0 : random.Next(3_000)];
        random.NextBytes(body);
        string[] methods = ["GET", "PUT", "POST", "DELETE", "HEAD"], regions = ["eu-central-1", "us-east-1", "ap-southeast-2", "us-gov-west-1"];
        return new(
            methods[random.Next(methods.Length)], $"https://search-{random.Next()}.example.com{(random.Next(4) == 0 ? ":9200" : "")}{(path.Length == 0 ? "/" : path)}{(query.Length == 0 ? "" : "?" + query)}",
            [.. headers, ("Accept", "application/json"), ("User-Agent", "anything/1.0")], body, service, regions[random.Next(regions.Length)],
            new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(100_000_000)),
            new ImmutableCredentials($"AKID{random.Next()}", $"secret/{random.Next()}+{random.Next()}", random.Next(2) == 0 ? null : $"token/{random.Next()}=="));
    }

    public static IReadOnlyList<(string Name, string Value)> Headers(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', 2)).Select(pair => (pair[0], pair[1]))];

    public static HttpRequestMessage Make(string method, string url, IReadOnlyList<(string Name, string Value)> headers, byte[] body)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), url) { Content = body.Length == 0 ? null : new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value.Trim());
        }

        return request;
    }

    public HttpRequestMessage Message()
    {
        var request = Make(Method, Url, Named, Body);
        if (request.Content is { } content) content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }

    public JsonObject ToJson() => new()
    {
        ["method"] = Method,
        ["url"] = new Uri(Url).AbsoluteUri,
        // botocore signs what it is given: the type of a body, and the hash of the body in its header.
        ["headers"] = new JsonArray(
        [
            .. Named.Append(("X-Amz-Content-SHA256", ContentHash)).Concat(Body.Length == 0 ? [] : [("Content-Type", "application/json")])
                .Select(header => new JsonArray(header.Item1, header.Item2)),
        ]),
        ["body"] = Convert.ToBase64String(Body),
        ["service"] = Service,
        ["region"] = Region,
        ["time"] = new DateTimeOffset(Time).ToUnixTimeSeconds(),
        ["key"] = Credentials.AccessKey,
        ["secret"] = Credentials.SecretKey,
        ["token"] = Credentials.Token,
    };

    private static string Text(Random random, int least, int most)
    {
        var runes = Letters.EnumerateRunes().ToList();
        return new StringBuilder().AppendJoin("", Enumerable.Range(0, random.Next(least, most)).Select(_ => runes[random.Next(runes.Count)])).ToString();
    }
}
