using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager.Internal;

/// <summary>One operation on the wire: AWS JSON 1.1, with the operation's name in X-Amz-Target.</summary>
internal sealed class Operation<TRequest, TResponse>(string name, Action<Utf8JsonWriter, TRequest> write, Func<JsonElement, TResponse> read)
    : JsonResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    public InvokeOptions Options => new() { RequestMarshaller = this, ResponseUnmarshaller = this };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content))
        {
            writer.WriteStartObject();
            write(writer, (TRequest)input);
            writer.WriteEndObject();
        }

        return new DefaultRequest(input, "Amazon.SecretsManager")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = content.ToArray(),
            Headers =
            {
                ["X-Amz-Target"] = $"secretsmanager.{name}",
                ["Content-Type"] = "application/x-amz-json-1.1",
                ["x-amz-api-version"] = "2017-10-17",
            },
        };
    }

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        using var body = JsonDocument.Parse(input.Stream);
        return read(body.RootElement);
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        return error.Code switch
        {
            "DecryptionFailure" => new DecryptionFailureException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "EncryptionFailure" => new EncryptionFailureException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "InternalServiceError" => new InternalServiceErrorException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "InvalidParameterException" => new InvalidParameterException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "InvalidRequestException" => new InvalidRequestException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "LimitExceededException" => new LimitExceededException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "ResourceExistsException" => new ResourceExistsException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "ResourceNotFoundException" => new ResourceNotFoundException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            _ => new AmazonSecretsManagerException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
        };
    }
}
