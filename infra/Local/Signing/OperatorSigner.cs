using System.Net.Http.Headers;

namespace DomainFlow.Local.Signing;

/// <summary>Signs requests to the host's endpoints for its operator, as <c>aws lambda invoke</c> does.</summary>
public sealed class OperatorSigner
{
    private readonly SigV4 signer;

    private OperatorSigner(AccessKey key) => signer = new SigV4(key, LocalNames.OperatorService);

    /// <summary>Reads the state folder's key, or makes it.</summary>
    public static OperatorSigner Open(string stateFolder) => new(AccessKey.OpenOperator(stateFolder));

    /// <summary>Adds the time and the signature. Other X-Amz headers and the content must be there already, and the address absolute.</summary>
    public async Task SignAsync(HttpRequestMessage request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var time = SigV4.Timestamp(now);
        var address = request.RequestUri!;
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        request.Headers.Add("X-Amz-Date", time);
        var headers = request.Headers.Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value).Trim()))
            .Where(header => header.Name.StartsWith("x-amz-", StringComparison.Ordinal))
            .Append((Name: "host", Value: address.Authority))
            .OrderBy(header => header.Name, StringComparer.Ordinal).ToList();
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = string.Join('\n', request.Method.Method, CanonicalRequest.ServicePath(address.AbsolutePath), Query(address),
            string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n")), names, SigV4.Hash(body));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            SigV4.Algorithm, $"Credential={signer.Credential(time[..8])}, SignedHeaders={names}, Signature={signer.SignRequest(time, canonical)}");
    }

    private static string Query(Uri address) => string.Join('&', address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal));
}
