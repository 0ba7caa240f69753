using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Serialization.SystemTextJson.Converters;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>What the serializers share: the options, the form of errors, and the payloads on the console when LAMBDA_NET_SERIALIZER_DEBUG is true.</summary>
public abstract class AbstractLambdaJsonSerializer
{
    private readonly bool _showPayloads =
        string.Equals(Environment.GetEnvironmentVariable("LAMBDA_NET_SERIALIZER_DEBUG"), "true", StringComparison.OrdinalIgnoreCase);

    /// <param name="jsonWriterCustomizer">Changes the writer's options; may be null.</param>
    protected AbstractLambdaJsonSerializer(Action<JsonWriterOptions> jsonWriterCustomizer)
    {
        WriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        jsonWriterCustomizer?.Invoke(WriterOptions);
    }

    /// <summary>The writer's options.</summary>
    protected JsonWriterOptions WriterOptions { get; }

    /// <summary>Writes an answer. Throws <see cref="JsonSerializerException"/>.</summary>
    public void Serialize<T>(T response, Stream responseStream)
    {
        try
        {
            if (_showPayloads)
            {
                SerializeShowing(response, responseStream);
                return;
            }

            using var writer = new Utf8JsonWriter(responseStream, WriterOptions);
            InternalSerialize(writer, response);
        }
        catch (Exception exception)
        {
            throw new JsonSerializerException(
                $"Error converting the response object of type {typeof(T).FullName} from the Lambda function to JSON: {exception.Message}",
                exception);
        }
    }

    /// <summary>Reads an event. Throws <see cref="JsonSerializerException"/>.</summary>
    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            var payload = ReadAll(requestStream);
            if (_showPayloads) Console.WriteLine($"Lambda Deserialize {typeof(T).FullName}: {Encoding.UTF8.GetString(payload)}");
            return InternalDeserialize<T>(payload);
        }
        catch (Exception exception)
        {
            throw new JsonSerializerException($"Error converting the Lambda event JSON payload to type {typeof(T).FullName}: {exception.Message}", exception);
        }
    }

    /// <summary>The options before a customizer changes them.</summary>
    protected virtual JsonSerializerOptions CreateDefaultJsonSerializationOptions() => new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNameCaseInsensitive = true,
        PropertyNamingPolicy = new AwsNamingPolicy(),
        Converters = { new DateTimeConverter(), new MemoryStreamConverter(), new ByteArrayConverter() },
    };

    /// <summary>Writes an answer.</summary>
    protected abstract void InternalSerialize<T>(Utf8JsonWriter writer, T response);

    /// <summary>Reads an event.</summary>
    protected abstract T InternalDeserialize<T>(byte[] utf8Json);

    private static byte[] ReadAll(Stream stream)
    {
        if (stream is MemoryStream memory) return memory.ToArray();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private void SerializeShowing<T>(T response, Stream responseStream)
    {
        using var copy = new MemoryStream();
        using (var writer = new Utf8JsonWriter(copy, WriterOptions)) InternalSerialize(writer, response);
        Console.WriteLine($"Lambda Serialize {typeof(T).FullName}: {Encoding.UTF8.GetString(copy.ToArray())}");
        copy.Position = 0;
        copy.CopyTo(responseStream);
    }
}
