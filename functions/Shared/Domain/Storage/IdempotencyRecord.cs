using System.Security.Cryptography;
using System.Text;

namespace DomainFlow.Domain.Storage;

/// <summary>What a request under an Idempotency-Key made; written in one transaction with it.</summary>
/// <param name="IdempotencyKey">tenant#operation#key.</param>
/// <param name="RequestHash">SHA-256 of the request's body, hex.</param>
/// <param name="ResultId">Id of what the first request made.</param>
/// <param name="ExpiresAt">Epoch seconds.</param>
public sealed record IdempotencyRecord(string IdempotencyKey, Guid TenantId, string RequestHash, Guid ResultId, long ExpiresAt)
{
    public const string Table = "Idempotency";
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public static string KeyOf(Guid tenant, Guid user, string operation, string key) => $"{tenant}#{operation}#{user}#{key}";

    public static string Hash(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
