namespace DomainFlow.Unit.Tests.House;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("Serverless.sln is in no folder above the tests")
        : File.Exists(Path.Combine(folder.FullName, "Serverless.sln")) ? folder.FullName
        : Find(folder.Parent);
}
