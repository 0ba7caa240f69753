using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DomainFlow.Judge.Tests.Recording;

/// <summary>Reads what the judge needs to know out of a request.</summary>
internal static class RequestReader
{
    private const string Token = "X-Amz-Security-Token";

    /// <param name="target">Path and query as they were sent.</param>
    public static async Task<RecordedCall> ReadAsync(string service, HttpRequest request, string target, byte[] body, CancellationToken cancellationToken)
    {
        var query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var type = request.ContentType ?? "";
        var form = type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) ? await FieldsAsync(type, body, cancellationToken) : [];
        var caller = new[] { request.Headers[Token].ToString(), query.GetValueOrDefault(Token, ""), form.GetValueOrDefault(Token, "") };
        return new(Array.Find(caller, token => token.Length > 0) ?? "", service, request.Method, target.Split('?', 2)[0])
        {
            Query = query,
            Operation = request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } named ? named.Split('.')[^1] : null,
            Body = service is "dynamodb" or "secretsmanager" || query.ContainsKey("delete") ? Encoding.UTF8.GetString(body) : null,
            Form = form,
            CopySource = request.Headers["x-amz-copy-source"].ToString() is { Length: > 0 } source ? Uri.UnescapeDataString(source).TrimStart('/') : null,
        };
    }

    private static async Task<Dictionary<string, string>> FieldsAsync(string type, byte[] body, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(type).Boundary).Value!;
        var reader = new MultipartReader(boundary, new MemoryStream(body));
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            var name = HeaderUtilities.RemoveQuotes(section.GetContentDispositionHeader()!.Name).Value!;
            if (name == "file") break;
            fields[name] = await section.ReadAsStringAsync(cancellationToken);
        }

        return fields;
    }
}
