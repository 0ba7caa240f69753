using DomainFlow.Cdk.Configuration;

namespace DomainFlow.Infra.Tests.Configuration;

public sealed class SchemaHashTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("domainflow-sql-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_new_a_changed_and_a_renamed_script_each_change_the_hash()
    {
        Write("0001_a.sql", "SELECT 1;");
        var hashes = new List<string> { Hash(), Hash() };
        Write("0002_b.sql", "SELECT 2;");
        hashes.Add(Hash());
        Write("0002_b.sql", "SELECT 3;");
        hashes.Add(Hash());
        File.Move(Path.Combine(folder, "0002_b.sql"), Path.Combine(folder, "0002_c.sql"));
        hashes.Add(Hash());
        Assert.Equal(hashes[0], hashes[1]);
        Assert.Equal(4, hashes.Distinct().Count());
    }

    [Fact]
    public void Scripts_that_are_not_there_are_an_error_and_not_an_empty_schema() => Assert.Throws<ConfigurationException>(Hash);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    private string Hash() => new BuildInputs("dist", "placeholder", folder).SchemaHash();
}
