namespace DomainFlow.Imports.Rows;

/// <summary>What becomes a report's text.</summary>
public static class ReportText
{
    /// <summary>Summary and description, without saying the same twice: a description that begins with the summary stands alone.</summary>
    public static string Of(string summary, string description)
    {
        var (first, rest) = (summary.Trim(), description.Trim());
        return rest.Length == 0 ? first
            : first.Length == 0 || rest.StartsWith(first, StringComparison.OrdinalIgnoreCase) ? rest
            : $"{first}\n{rest}";
    }
}
