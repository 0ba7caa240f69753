using System.Security.Cryptography;
using System.Text;

namespace DomainFlow.Cdk.Configuration;

/// <summary>What the app takes from the repository: the published zips and the schema's scripts.</summary>
/// <param name="Published">Folder with one zip per function, as ./publish makes it; may be absent.</param>
/// <param name="Placeholder">Folder that stands for a function that was not published.</param>
/// <param name="SchemaScripts">Folder with DbInit's numbered SQL.</param>
public sealed record BuildInputs(string Published, string Placeholder, string SchemaScripts)
{
    public static BuildInputs Of(string repository, string published) => new(
        Path.Combine(repository, published),
        Path.Combine(repository, "infra", "Cdk", "Placeholder"),
        Path.Combine(repository, "functions", "DbInit", "Sql"));

    public string Zip(string function) => Path.Combine(Published, function + ".zip");

    public bool IsPublished(string function) => File.Exists(Zip(function));

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
