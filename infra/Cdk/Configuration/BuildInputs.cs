using System.Security.Cryptography;
using System.Text;

namespace DomainFlow.Cdk.Configuration;

/// <summary>What the app takes from the repository: the published zips and the schema's scripts.</summary>
/// <param name="Published">Folder with one zip per function, as ./publish makes it.</param>
/// <param name="Placeholder">Folder that stands for a function that was not published; null: each must be.</param>
/// <param name="SchemaScripts">Folder with DbInit's numbered SQL.</param>
public sealed record BuildInputs(string Published, string? Placeholder, string SchemaScripts)
{
    /// <param name="allowPlaceholders">For templates that are looked at and tested, not deployed.</param>
    public static BuildInputs Of(string repository, string published, bool allowPlaceholders = false) => new(
        Path.Combine(repository, published),
        allowPlaceholders ? Path.Combine(repository, "infra", "Cdk", "Placeholder") : null,
        Path.Combine(repository, "functions", "DbInit", "Sql"));

    public string Zip(string function) => Path.Combine(Published, function + ".zip");

    public bool IsPublished(string function) => File.Exists(Zip(function));

    /// <summary>The function's zip, or what stands in its place.</summary>
    public string Code(string function) => IsPublished(function) ? Zip(function) : Placeholder!;

    /// <summary>Before anything is made of them.</summary>
    /// <exception cref="ConfigurationException">A function was not published and nothing may stand in its place.</exception>
    public void RefuseUnpublished(IEnumerable<string> functions)
    {
        var missing = functions.Where(function => !IsPublished(function)).ToArray();
        if (missing.Length > 0 && Placeholder is null)
            throw new ConfigurationException($"{Published}: {string.Join(", ", missing.Select(name => name + ".zip"))} missing: run ./publish before you deploy");
    }

    /// <summary>SHA-256 of a published function.</summary>
    public string CodeHash(string function)
    {
        using var zip = File.OpenRead(Zip(function));
        return Convert.ToHexStringLower(SHA256.HashData(zip));
    }

    /// <summary>SHA-256 over the scripts' names and contents, so that a new script makes CloudFormation call DbInit again.</summary>
    /// <exception cref="ConfigurationException">There are no scripts.</exception>
    public string SchemaHash()
    {
        var scripts = Directory.Exists(SchemaScripts) ? Directory.GetFiles(SchemaScripts, "*.sql").Order(StringComparer.Ordinal).ToArray() : [];
        if (scripts.Length == 0)
            throw new ConfigurationException($"{SchemaScripts}: no SQL scripts are there");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var script in scripts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(script) + "\n"));
            hash.AppendData(File.ReadAllBytes(script));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
