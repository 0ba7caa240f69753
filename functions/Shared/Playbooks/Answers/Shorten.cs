namespace DomainFlow.Playbooks.Answers;

internal static class Shorten
{
    /// <summary>At most so many characters, cut between words, with an ellipsis where something is left out.</summary>
    public static string To(string text, int most)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= most)
            return line;
        var cut = line.LastIndexOf(' ', most - 1);
        return line[..(cut > most / 2 ? cut : most - 1)].TrimEnd(',', ';', ':', '.', ' ') + "…";
    }
}
