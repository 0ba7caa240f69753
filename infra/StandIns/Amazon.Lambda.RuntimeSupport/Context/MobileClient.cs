using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Reads what a caller through the mobile SDK sends about itself. Without it the objects are there, but empty.</summary>
internal static class MobileClient
{
    public static IClientContext ContextFrom(string json)
    {
        if (string.IsNullOrWhiteSpace(json)) return new Context(null, null, null);
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var client = root.TryGetProperty("client", out var application)
            ? new Application(
                Text(application, "app_package_name"),
                Text(application, "app_title"),
                Text(application, "app_version_code"),
                Text(application, "app_version_name"),
                Text(application, "installation_id"))
            : null;
        return new Context(Texts(root, "env"), client, Texts(root, "custom"));
    }

    public static ICognitoIdentity IdentityFrom(string json)
    {
        if (string.IsNullOrWhiteSpace(json)) return new CognitoIdentity(null, null);
        using var document = JsonDocument.Parse(json);
        return new CognitoIdentity(Text(document.RootElement, "cognitoIdentityId"), Text(document.RootElement, "cognitoIdentityPoolId"));
    }

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Dictionary<string, string> Texts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var values) && values.ValueKind == JsonValueKind.Object
            ? values.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.ToString())
            : null;

    private sealed record Context(IDictionary<string, string> Environment, IClientApplication Client, IDictionary<string, string> Custom) : IClientContext;

    private sealed record CognitoIdentity(string IdentityId, string IdentityPoolId) : ICognitoIdentity;

    private sealed record Application(string AppPackageName, string AppTitle, string AppVersionCode, string AppVersionName, string InstallationId)
        : IClientApplication;
}
