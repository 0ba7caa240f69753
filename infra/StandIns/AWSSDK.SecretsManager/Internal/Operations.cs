using System.Text.Json;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager.Internal;

/// <summary>The operations, each with what it writes and reads.</summary>
internal static class Operations
{
    public static Operation<GetSecretValueRequest, GetSecretValueResponse> GetSecretValue { get; } = new(
        "GetSecretValue",
        (writer, request) =>
        {
            Text(writer, "SecretId", request.SecretId);
            Text(writer, "VersionId", request.VersionId);
            Text(writer, "VersionStage", request.VersionStage);
        },
        body => new GetSecretValueResponse
        {
            ARN = Text(body, "ARN"),
            CreatedDate = Time(body, "CreatedDate"),
            Name = Text(body, "Name"),
            SecretBinary = Bytes(body, "SecretBinary"),
            SecretString = Text(body, "SecretString"),
            VersionId = Text(body, "VersionId"),
            VersionStages = Texts(body, "VersionStages"),
        });

    public static Operation<PutSecretValueRequest, PutSecretValueResponse> PutSecretValue { get; } = new(
        "PutSecretValue",
        (writer, request) =>
        {
            Text(writer, "ClientRequestToken", request.ClientRequestToken ?? Guid.NewGuid().ToString());
            Text(writer, "SecretId", request.SecretId);
            Bytes(writer, "SecretBinary", request.SecretBinary);
            Text(writer, "SecretString", request.SecretString);
            Texts(writer, "VersionStages", request.VersionStages);
        },
        body => new PutSecretValueResponse
        {
            ARN = Text(body, "ARN"),
            Name = Text(body, "Name"),
            VersionId = Text(body, "VersionId"),
            VersionStages = Texts(body, "VersionStages"),
        });

    public static Operation<CreateSecretRequest, CreateSecretResponse> CreateSecret { get; } = new(
        "CreateSecret",
        (writer, request) =>
        {
            Text(writer, "ClientRequestToken", request.ClientRequestToken ?? Guid.NewGuid().ToString());
            Text(writer, "Description", request.Description);
            Text(writer, "KmsKeyId", request.KmsKeyId);
            Text(writer, "Name", request.Name);
            Bytes(writer, "SecretBinary", request.SecretBinary);
            Text(writer, "SecretString", request.SecretString);
        },
        body => new CreateSecretResponse
        {
            ARN = Text(body, "ARN"),
            Name = Text(body, "Name"),
            VersionId = Text(body, "VersionId"),
        });

    private static void Text(Utf8JsonWriter writer, string name, string value)
    {
        if (value is not null) writer.WriteString(name, value);
    }

    private static void Bytes(Utf8JsonWriter writer, string name, MemoryStream value)
    {
        if (value is not null) writer.WriteBase64String(name, value.ToArray());
    }

    private static void Texts(Utf8JsonWriter writer, string name, List<string> values)
    {
        if (values is null) return;
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static string Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static MemoryStream Bytes(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? new MemoryStream(value.GetBytesFromBase64()) : null;

    private static DateTime? Time(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? DateTime.UnixEpoch.AddSeconds(value.GetDouble()) : null;

    private static List<string> Texts(JsonElement body, string name) =>
        body.TryGetProperty(name, out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Select(value => value.GetString())]
            : null;
}
