namespace DomainFlow.Domain.Objects.Signing;

/// <summary>Grants as S3 reads them, signed by the key at hand and nothing asked of anybody.</summary>
public sealed class GrantSigner(SignatureV4 signature, TimeProvider time)
{
    private const long MaxSeconds = 7 * 24 * 60 * 60;

    /// <summary>A presigned POST.</summary>
    /// <param name="address">Of the bucket: where the form is sent.</param>
    /// <param name="maxBytes">1 byte to this many may be uploaded.</param>
    /// <exception cref="ArgumentException">A name, the type, the size or the time is none that can be granted.</exception>
    public UploadGrant Upload(Uri address, string bucket, string key, string contentType, long maxBytes, DateTimeOffset expiresAt)
    {
        ObjectName.Check(bucket, key);
        ArgumentException.ThrowIfNullOrEmpty(contentType);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        var now = time.GetUtcNow();
        Seconds(now, expiresAt);
        var fields = new Dictionary<string, string>
        {
            ["key"] = key,
            ["Content-Type"] = contentType,
            ["x-amz-algorithm"] = SignatureV4.Algorithm,
            ["x-amz-credential"] = signature.Credential(now),
            ["x-amz-date"] = SignatureV4.Timestamp(now),
        };
        if (signature.SessionToken is { } token)
            fields["x-amz-security-token"] = token;
        var policy = PostPolicy.Write(bucket, fields, maxBytes, expiresAt);
        fields["policy"] = policy;
        fields["x-amz-signature"] = signature.SignPolicy(policy, now);
        return new UploadGrant(address, fields, expiresAt);
    }

    /// <summary>A presigned GET.</summary>
    /// <param name="address">Of the bucket.</param>
    /// <exception cref="ArgumentException">A name or the time is none that can be granted.</exception>
    public Uri Download(Uri address, string bucket, string key, DateTimeOffset expiresAt)
    {
        ObjectName.Check(bucket, key);
        var now = time.GetUtcNow();
        var path = string.Join('/', key.Split('/').Select(Uri.EscapeDataString));
        return signature.PresignGet(new($"{address.AbsoluteUri.TrimEnd('/')}/{path}"), now, Seconds(now, expiresAt));
    }

    private static long Seconds(DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var seconds = (long)Math.Ceiling((expiresAt - now).TotalSeconds);
        return seconds is >= 1 and <= MaxSeconds
            ? seconds
            : throw new ArgumentOutOfRangeException(nameof(expiresAt), $"A grant holds from 1 second to 7 days, not {seconds} seconds.");
    }
}
