using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>A request, before it is sent.</summary>
/// <param name="Address">Below the API's base, or absolute.</param>
internal sealed record Asking(string Method, string Address, string? Token = null, JsonObject? Body = null)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A form's, behind which the file comes.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    public byte[] File { get; init; } = [];

    /// <summary>What an answer may say back.</summary>
    public string Said => Marks.Unwrapped(string.Join(
        '\n', [Uri.UnescapeDataString(Address), Body?.ToJsonString() ?? "", .. Headers.Select(header => header.Value), .. Fields?.Values ?? []]));

    public HttpRequestMessage ToMessage(string url)
    {
        var message = new HttpRequestMessage(new(Method), Address.StartsWith('/') ? url + Address : Address);
        if (Token is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        foreach (var (name, value) in Headers) message.Headers.TryAddWithoutValidation(name, value);
        if (Body is not null) message.Content = new StringContent(Body.ToJsonString(), Encoding.UTF8, "application/json");
        if (Fields is not null) message.Content = Form();
        return message;
    }

    public override string ToString() => $"{Method} {Address} {string.Join(' ', Headers)} {Body?.ToJsonString()}";

    private MultipartFormDataContent Form()
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in Fields!) form.Add(new StringContent(value), $"\"{name}\"");
        form.Add(new ByteArrayContent(File), "\"file\"", "\"photo.png\"");
        return form;
    }
}

/// <summary>An answer, as it is searched.</summary>
/// <param name="Text">Headers and body, with what is written in base64 within them.</param>
/// <param name="Body">As it came, one character for each byte where it is no text.</param>
internal sealed record Reply(int Status, string Text, string Body, string HeaderNames, string? Tag)
{
    private JsonNode? _json;

    public JsonNode Json => _json ??= JsonNode.Parse(Body)!;

    public static async Task<Reply> OfAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(stop);
        var isText = response.Content.Headers.ContentType?.MediaType?.StartsWith("image/", StringComparison.Ordinal) != true;
        var body = isText ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
        var headers = response.Headers.Concat(response.Content.Headers).ToList();
        var text = string.Join('\n', headers.Select(header => $"{header.Key}: {string.Join(',', header.Value)}")) + "\n\n" + body;
        var names = string.Join(' ', headers.Select(header => header.Key).Order(StringComparer.Ordinal));
        return new((int)response.StatusCode, Marks.Unwrapped(text), body, names, response.Headers.ETag?.ToString());
    }
}

/// <summary>A request of one tenant's, and what its answer must be like.</summary>
/// <param name="What">The kind, for counts and complaints.</param>
/// <param name="Statuses">All that it may have.</param>
internal sealed record Call(FuzzedTenant Caller, string What, Asking Asking, params int[] Statuses)
{
    /// <summary>What else is wrong with the answer; null where nothing is.</summary>
    public Func<Reply, string?> Wrong { get; init; } = _ => null;

    /// <summary>Words that the answer must hold: why it is refused.</summary>
    public string Says { get; init; } = "";

    /// <summary>Notes what the answer gave.</summary>
    public Action<Reply> Learn { get; init; } = _ => { };

    /// <summary>The same of something that nobody has: its answer must look the same. With the names of the two things.</summary>
    public (Asking Asking, string Foreign, string Unknown)? Twin { get; init; }
}
