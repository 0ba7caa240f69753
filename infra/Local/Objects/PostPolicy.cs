using System.Globalization;
using System.Text;
using System.Text.Json;
using DomainFlow.Local.Signing;

namespace DomainFlow.Local.Objects;

/// <summary>The grant behind an upload: what S3 calls a POST policy. Signature, expiry and conditions are checked as S3 does.</summary>
/// <param name="MinBytes">Smallest file.</param>
/// <param name="MaxBytes">Largest file.</param>
internal sealed record PostPolicy(long MinBytes, long MaxBytes)
{
    private static readonly string[] NeedNoCondition = ["x-amz-signature", "policy", "file", "awsaccesskeyid"];

    /// <summary>The policy of a form, if the form is what was granted; the error otherwise.</summary>
    /// <param name="fields">The form's fields before the file; names without regard to case.</param>
    public static (PostPolicy? Policy, S3Error? Error) Check(SigV4 signer, string bucket, IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        string? Field(string name) => fields.GetValueOrDefault(name);

        if (Field("policy") is not { } encoded || Field("x-amz-signature") is not { } signature)
            return (null, S3Error.Denied("The form carries no signed policy"));
        if (Field("x-amz-algorithm") != SigV4.Algorithm) return (null, S3Error.Argument("x-amz-algorithm", $"Only {SigV4.Algorithm} is supported"));
        if (S3Error.Of(signer.Check(Field("x-amz-credential"), Field("x-amz-date"))) is { } refused) return (null, refused);
        if (!signer.IsTextSigned(Field("x-amz-date")![..8], encoded, signature)) return (null, S3Error.WrongSignature);
        try
        {
            using var policy = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(encoded)));
            return Check(policy.RootElement, new Dictionary<string, string>(fields, StringComparer.OrdinalIgnoreCase) { ["bucket"] = bucket }, now);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return (null, new S3Error(400, "InvalidPolicyDocument", "The policy cannot be read: " + e.Message));
        }
    }

    private static (PostPolicy? Policy, S3Error? Error) Check(JsonElement policy, Dictionary<string, string> fields, DateTimeOffset now)
    {
        var expiration = DateTimeOffset.Parse(policy.GetProperty("expiration").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (expiration <= now) return (null, S3Error.Denied("Invalid according to Policy: Policy expired."));
        var covered = new HashSet<string>(NeedNoCondition, StringComparer.OrdinalIgnoreCase);
        var (min, max) = (0L, long.MaxValue);
        foreach (var condition in policy.GetProperty("conditions").EnumerateArray())
        {
            if (condition.ValueKind == JsonValueKind.Array && condition[0].GetString() == "content-length-range")
            {
                (min, max) = (condition[1].GetInt64(), condition[2].GetInt64());
                continue;
            }

            var (name, holds) = Read(condition, fields);
            if (!holds) return (null, S3Error.Denied($"Invalid according to Policy: Policy Condition failed: {condition.GetRawText()}"));
            covered.Add(name);
        }

        var extra = fields.Keys.FirstOrDefault(field => !covered.Contains(field) && !field.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase));
        return extra is null ? (new PostPolicy(min, max), null) : (null, S3Error.Denied($"Invalid according to Policy: Extra input fields: {extra}"));
    }

    /// <summary>Either {"name": "value"} or ["eq" | "starts-with", "$name", "value"].</summary>
    private static (string Name, bool Holds) Read(JsonElement condition, Dictionary<string, string> fields)
    {
        if (condition.ValueKind == JsonValueKind.Object)
        {
            var member = condition.EnumerateObject().Single();
            return (member.Name, fields.GetValueOrDefault(member.Name) == member.Value.GetString());
        }

        var name = condition[1].GetString()!.TrimStart('$');
        var (actual, expected) = (fields.GetValueOrDefault(name), condition[2].GetString()!);
        return condition[0].GetString() switch
        {
            "eq" => (name, actual == expected),
            "starts-with" => (name, actual?.StartsWith(expected, StringComparison.Ordinal) == true),
            var other => throw new FormatException($"there is no condition \"{other}\""),
        };
    }
}
