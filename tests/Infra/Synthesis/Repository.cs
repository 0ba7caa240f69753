using System.Text.Json.Nodes;

namespace DomainFlow.Infra.Tests.Synthesis;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>cdk.json's context, fresh at each call.</summary>
    public static JsonObject Context() => JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "cdk.json")))!["context"]!.AsObject();

    public static JsonObject Environment(string name) => Context()["environments"]![name]!.AsObject();

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("cdk.json is in no folder above the tests")
        : File.Exists(Path.Combine(folder.FullName, "cdk.json")) ? folder.FullName
        : Find(folder.Parent);
}
