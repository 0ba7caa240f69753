using System.Net;
using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

/// <summary>The secret's key could not be used to decrypt it.</summary>
public class DecryptionFailureException : AmazonSecretsManagerException
{
    /// <summary>With a message.</summary>
    public DecryptionFailureException(string message)
        : base(message)
    {
    }

    /// <summary>With all that an error response says.</summary>
    public DecryptionFailureException(
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

/// <summary>The secret's key could not be used to encrypt it.</summary>
public class EncryptionFailureException : AmazonSecretsManagerException
{
    /// <summary>With a message.</summary>
    public EncryptionFailureException(string message)
        : base(message)
    {
    }

    /// <summary>With all that an error response says.</summary>
    public EncryptionFailureException(
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

/// <summary>The service failed.</summary>
public class InternalServiceErrorException : AmazonSecretsManagerException
{
    /// <summary>With a message.</summary>
    public InternalServiceErrorException(string message)
        : base(message)
    {
    }

    /// <summary>With all that an error response says.</summary>
    public InternalServiceErrorException(
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

/// <summary>A parameter is not valid.</summary>
public class InvalidParameterException : AmazonSecretsManagerException
{
    /// <summary>With a message.</summary>
    public InvalidParameterException(string message)
        : base(message)
    {
    }

    /// <summary>With all that an error response says.</summary>
    public InvalidParameterException(
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

/// <summary>The secret's state does not allow the call, for example because it is being deleted.</summary>
public class InvalidRequestException : AmazonSecretsManagerException
{
    /// <summary>With a message.</summary>
    public InvalidRequestException(string message)
        : base(message)
    {
    }

    /// <summary>With all that an error response says.</summary>
    public InvalidRequestException(
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

/// <summary>A quota is exhausted.</summary>
public class LimitExceededException : AmazonSecretsManagerException
{
    /// <summary>With a message.</summary>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>With all that an error response says.</summary>
    public LimitExceededException(
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

/// <summary>There is a secret of that name already.</summary>
public class ResourceExistsException : AmazonSecretsManagerException
{
    /// <summary>With a message.</summary>
    public ResourceExistsException(string message)
        : base(message)
    {
    }

    /// <summary>With all that an error response says.</summary>
    public ResourceExistsException(
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

/// <summary>There is no such secret or version.</summary>
public class ResourceNotFoundException : AmazonSecretsManagerException
{
    /// <summary>With a message.</summary>
    public ResourceNotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>With all that an error response says.</summary>
    public ResourceNotFoundException(
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
