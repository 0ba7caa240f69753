using System.Security.Cryptography;
using System.Text;
using DomainFlow.Embedded;

namespace DomainFlow.DbInit.Schema;

/// <summary>A numbered script: it runs once, and its text never changes after that.</summary>
public sealed record SchemaScript(string Name, string Sql)
{
    /// <summary>SHA-256 of the text as it is written, in lower case hex.</summary>
    public string Checksum { get; } = Fingerprint.Of(Sql);

    /// <summary>The scripts of this assembly; behind them those of the embedded stores, where they are used.</summary>
    public static IReadOnlyList<SchemaScript> All(bool withEmbedded) =>
    [
        .. ResourceNames().Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal).Select(name => new SchemaScript(name, Read(name))),
        .. withEmbedded ? EmbeddedSchema.Scripts.Select(script => new SchemaScript(script.Name, script.Sql)) : [],
    ];

    /// <summary>The script of grants, which runs again whenever something that it depends on has changed.</summary>
    public static SchemaScript Grants { get; } = new("grants.sql", Read("grants.sql"));

    private static IEnumerable<string> ResourceNames() =>
        typeof(SchemaScript).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal));

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(SchemaScript).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

internal static class Fingerprint
{
    public static string Of(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
