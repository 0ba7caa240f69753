using DomainFlow.Domain.Storage;

namespace DomainFlow.Hosting.Http;

/// <summary>Requests that may be sent again under the same Idempotency-Key.</summary>
public static class IdempotentRequest
{
    /// <summary>The record that goes with what the request makes; null where it carries no key.</summary>
    /// <param name="operation">Method and resource: the same key may be used for another.</param>
    public static IdempotencyRecord? Idempotency(this ApiRequest request, string operation, Guid resultId, DateTimeOffset now) =>
        request.IdempotencyKey() is { } key
            ? new(
                IdempotencyRecord.KeyOf(request.Caller.Tenant, request.Caller.User, operation, key),
                request.Caller.Tenant,
                IdempotencyRecord.Hash(request.BodyText()),
                resultId,
                (now + IdempotencyRecord.Lifetime).ToUnixTimeSeconds())
            : null;

    /// <summary>What the request made, now or before.</summary>
    /// <exception cref="ProblemException">The key was used for another request, or what it made is gone.</exception>
    public static (T Item, bool IsRepeat) Settled<T>(this Addition<T> addition) => addition switch
    {
        Addition<T>.Added added => (added.Item, false),
        Addition<T>.Repeated repeated => (repeated.Item, true),
        Addition<T>.KeyReused => throw new ProblemException(Problem.KeyReused()),
        Addition<T>.Gone => throw new ProblemException(Problem.NotFound("What this key made is gone", "Idempotency-Key")),
        _ => throw new ProblemException(Problem.Unavailable("The request under this key is being settled")),
    };
}
