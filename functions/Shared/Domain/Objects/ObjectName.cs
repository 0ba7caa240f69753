using System.Text;
using System.Text.RegularExpressions;

namespace DomainFlow.Domain.Objects;

/// <summary>Names that every store holds: S3, a file system, and an address that whoever normalises it leaves as it is.</summary>
public static partial class ObjectName
{
    private const int MaxKeyBytes = 1024;
    private const int MaxSegmentBytes = 200;

    /// <exception cref="ArgumentException">The bucket or the key is not such a name.</exception>
    public static void Check(string bucket, string key)
    {
        if (!BucketName().IsMatch(bucket))
            throw new ArgumentException($"The bucket {bucket} is not named in lower-case letters, digits, dots and hyphens.", nameof(bucket));
        if (Encoding.UTF8.GetByteCount(key) is 0 or > MaxKeyBytes || key.Any(c => c == '\\' || char.IsControl(c)) || !key.Split('/').All(IsSafe))
        {
            throw new ArgumentException(
                $"The key {key} is not a path of 1 to {MaxKeyBytes} bytes without empty, '.' or '..' parts, backslashes and control characters.", nameof(key));
        }
    }

    private static bool IsSafe(string segment) => segment is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(segment) <= MaxSegmentBytes;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();
}
