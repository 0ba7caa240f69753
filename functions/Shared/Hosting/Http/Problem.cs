using System.Text.Json.Nodes;

namespace DomainFlow.Hosting.Http;

/// <summary>A problem document (RFC 9457) on its way to the caller.</summary>
/// <param name="ErrorCode">Stable, for programs.</param>
/// <param name="Field">What is wrong in the request, where one thing is.</param>
public sealed record Problem(int Status, string ErrorCode, string Title, string Detail, string? Field = null, int? RetryAfterSeconds = null)
{
    /// <summary>What else is wrong in the request.</summary>
    public IReadOnlyList<FieldError> Others { get; init; } = [];

    public static Problem Invalid(string field, string detail) => new(400, "invalid_request", "The request is not valid", detail, field);

    /// <summary>All that is wrong in a request at once; the first is the detail.</summary>
    public static Problem Invalid(IReadOnlyList<FieldError> errors) => Invalid(errors[0].Field, errors[0].Message) with { Others = [.. errors.Skip(1)] };

    public static Problem Forbidden(string detail, string? field = null) => new(403, "forbidden", "This is not allowed", detail, field);

    public static Problem NotFound(string detail, string? field = null) => new(404, "not_found", "There is no such thing", detail, field);

    /// <summary>The request is right in itself; what is stored stands against it.</summary>
    public static Problem Conflict(string field, string detail) => new(409, "conflict", "This cannot be done as things stand", detail, field);

    public static Problem VersionConflict(string detail) => new(412, "version_conflict", "It changed meanwhile", detail, "If-Match");

    public static Problem VersionMissing() =>
        new(428, "version_required", "The request must say which version it changes", "If-Match is required: the ETag that GET gave", "If-Match");

    public static Problem TooLarge(string field, string detail) => new(413, "payload_too_large", "The request is too large", detail, field);

    public static Problem Unsupported(string detail, string field = "Content-Type") =>
        new(415, "unsupported_media_type", "The content type is not supported", detail, field);

    public static Problem KeyReused() =>
        new(422, "idempotency_mismatch", "The key was used for another request",
            "Idempotency-Key was used before with another body; use a new key", "Idempotency-Key");

    public static Problem TooMany(string detail, int retryAfterSeconds) =>
        new(429, "too_many_requests", "There were too many requests", detail, RetryAfterSeconds: retryAfterSeconds);

    public static Problem Unavailable(string detail) => new(503, "unavailable", "Try again shortly", detail, RetryAfterSeconds: 2);

    public JsonObject ToJson(string requestId)
    {
        var document = new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = Title,
            ["status"] = Status,
            ["detail"] = Detail,
            ["error_code"] = ErrorCode,
            ["request_id"] = requestId,
        };
        if (Field is not null)
        {
            FieldError[] errors = [new(Field, Detail), .. Others];
            document["errors"] = new JsonArray([.. errors.Select(e => new JsonObject { ["field"] = e.Field, ["message"] = e.Message })]);
        }

        return document;
    }
}

/// <summary>Ends a request with a problem document.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
