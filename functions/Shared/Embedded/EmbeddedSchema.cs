using System.Reflection;

namespace DomainFlow.Embedded;

/// <summary>The numbered scripts of schema <c>embedded</c>, laid by the schema's owner.</summary>
public static class EmbeddedSchema
{
    /// <summary>Stands in the scripts for the quoted name of the functions' role.</summary>
    public const string RolePlaceholder = ":functions_role";

    /// <summary>Names (<c>embedded/0001_tables.sql</c>) and texts, in the order in which they run.</summary>
    public static IReadOnlyList<(string Name, string Sql)> Scripts { get; } = Read(typeof(EmbeddedSchema).Assembly);

    private static (string Name, string Sql)[] Read(Assembly assembly) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("embedded/", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, Text(assembly, name))),
    ];

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
