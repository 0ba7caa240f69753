using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace DomainFlow.Aws.Tables;

/// <summary>DynamoDB's failures, told apart once for all calls.</summary>
internal static class DynamoFailures
{
    /// <summary>The codes of refusals: DynamoDB did nothing.</summary>
    private static readonly string[] Refusals =
    [
        "ProvisionedThroughputExceededException", "ThrottlingException", "Throttling", "RequestLimitExceeded", "TooManyRequestsException", "SlowDown",
        "TransactionConflictException", "TransactionInProgressException",
    ];

    /// <summary>A cancelled transaction's reasons that another try may not meet.</summary>
    private static readonly string[] PassingReasons = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];

    /// <summary>The same call may succeed later.</summary>
    public static bool IsPassing(Exception e) => e switch
    {
        TransactionCanceledException cancelled => FirstReason(cancelled) is (_, { } code) && PassingReasons.Contains(code),
        AmazonServiceException refused when Refusals.Contains(refused.ErrorCode) || refused.StatusCode == HttpStatusCode.TooManyRequests => true,
        UnprocessedException => true,
        _ => MayHaveHappened(e),
    };

    /// <summary>The call may have taken effect though no answer says so: the server failed, or the connection broke, or it took too long.</summary>
    public static bool MayHaveHappened(Exception e) => e switch
    {
        AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } => true,
        AmazonServiceException { StatusCode: 0, InnerException: { } inner } => MayHaveHappened(inner),
        AmazonServiceException => false,
        AmazonClientException { InnerException: { } inner } => MayHaveHappened(inner),
        // Whoever asks has seen that it was not the caller's own token.
        HttpRequestException or IOException or OperationCanceledException or TimeoutException => true,
        _ => false,
    };

    /// <summary>A part of a batch was left undone: the rest is to be sent again.</summary>
    public sealed class UnprocessedException(int count) : Exception($"{count} of a batch were left unprocessed");

    /// <summary>The place and code of the first write that stood in a cancelled transaction's way.</summary>
    public static (int Place, string? Code) FirstReason(TransactionCanceledException cancelled)
    {
        var reasons = cancelled.CancellationReasons ?? [];
        var place = reasons.FindIndex(reason => reason.Code is not (null or "None"));
        return place < 0 ? (-1, null) : (place, reasons[place].Code);
    }
}
