namespace OpenSearch.Net;

public enum PipelineFailure
{
    BadAuthentication,
    BadResponse,
    PingFailure,
    SniffFailure,
    CouldNotStartSniffOnStartup,
    MaxTimeoutReached,
    MaxRetriesReached,
    Unexpected,
    BadRequest,
    NoNodesAttempted,
}

public class OpenSearchClientException : Exception
{
    public OpenSearchClientException(PipelineFailure failure, string message, Exception innerException)
        : base(message, innerException) => FailureReason = failure;

    public OpenSearchClientException(PipelineFailure failure, string message, IApiCallDetails apiCall)
        : this(failure, message, apiCall?.OriginalException) => Response = apiCall;

    public PipelineFailure? FailureReason { get; }

    public IApiCallDetails Response { get; }
}

public class PipelineException(PipelineFailure failure) : Exception($"An error occurred trying to call: {failure}")
{
    public PipelineFailure FailureReason { get; } = failure;
}

/// <summary>Something broke that is not the node's answer, such as a body that ended too early.</summary>
public class UnexpectedOpenSearchClientException(Exception killerException, List<PipelineException> seenExceptions)
    : OpenSearchClientException(PipelineFailure.Unexpected, killerException.Message, killerException)
{
    public List<PipelineException> SeenExceptions { get; set; } = seenExceptions;
}
