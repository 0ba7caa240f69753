using System.Net;
using Amazon.Runtime;

namespace Amazon.SecretsManager;

/// <summary>AWS Secrets Manager refused a call or could not be reached.</summary>
public class AmazonSecretsManagerException : AmazonServiceException
{
    /// <summary>With a message.</summary>
    public AmazonSecretsManagerException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public AmazonSecretsManagerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With all that an error response says.</summary>
    public AmazonSecretsManagerException(
        string message,
        Exception innerException,
        ErrorType errorType,
        string errorCode,
        string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
