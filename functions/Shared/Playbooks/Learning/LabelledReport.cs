namespace DomainFlow.Playbooks.Learning;

/// <summary>A report of the past that a domain is learned from.</summary>
/// <param name="Summary">A line, as its system kept it; may be empty.</param>
/// <param name="Description">What the reporter wrote; may be empty.</param>
/// <param name="Category">Its name; empty where it has none.</param>
/// <param name="Address">As geocoded or typed, with the city's name behind it or not; may be empty.</param>
/// <param name="Position">Degrees; null where it has none.</param>
public sealed record LabelledReport(string Summary, string Description, string Category, string Address, (double Longitude, double Latitude)? Position)
{
    /// <summary>Summary and description as one text, as a client sends them: a description that begins with the summary stands alone.</summary>
    public string Text => Description.Length == 0 ? Summary
        : Summary.Length == 0 || Description.StartsWith(Summary, StringComparison.OrdinalIgnoreCase) ? Description
        : $"{Summary}\n{Description}";
}
