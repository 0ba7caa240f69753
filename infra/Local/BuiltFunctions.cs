namespace DomainFlow.Local;

/// <summary>Where a function's executable stands below a folder of functions.</summary>
public static class BuiltFunctions
{
    /// <summary>Published and unzipped ({name}/bootstrap) or built ({name}/release/bootstrap); the latter's path where there is neither.</summary>
    public static string Executable(string folder, string name)
    {
        var published = Path.Combine(folder, name, "bootstrap");
        return File.Exists(published) ? published : Path.Combine(folder, name, "release", "bootstrap");
    }
}
