using System.Globalization;
using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Times;

namespace DomainFlow.Playbooks.Offline;

/// <summary>When it happened: by the words of the text, else by a photo's time.</summary>
/// <param name="times">All times of the text.</param>
internal sealed partial class TimeExtraction(ReportData data, IReadOnlyList<TimeMention> times)
{
    /// <summary>"currently" and "for years" do not say when.</summary>
    private const double LeastConfidence = 0.5;

    /// <summary>Of a photo's time whose offset is not known: the camera may be set to another zone than the domain's.</summary>
    private const double AssumedZone = 0.4;

    private readonly TimeMention? mention = Best(data, times);

    public Extracted Timestamp()
    {
        if (mention is not null)
            return new Extracted(Iso.Utc(mention.Typical), mention.Confidence, mention.Text, InText);
        foreach (var photo in data.Items("photos"))
        {
            if (JsonText.String(photo["taken_at"]) is { } taken)
                return new Extracted(Iso.Utc(DateTimeOffset.Parse(taken, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
                    photo["is_zone_assumed"]?.GetValue<bool>() == true ? AssumedZone : 0.7, Photo: (int)JsonText.Number(photo["number"])!);
        }

        return new Extracted(null, 0.2);
    }

    public Extracted Reference() => mention is null ? Extracted.Nothing : new Extracted(mention.Text, null, mention.Text, InText);

    private int? InText => mention!.End <= data.Text.Length ? mention.Start : null;

    /// <summary>The surest time that is not ahead; the first on a tie.</summary>
    private static TimeMention? Best(ReportData data, IReadOnlyList<TimeMention> times) => data.ReportedAt is not { } reportedAt
        ? null
        : times.Where(mention => mention.Confidence >= LeastConfidence && mention.Role == TimeRole.Event)
            .OrderByDescending(mention => mention.Confidence - (mention.From > reportedAt.AddHours(1) ? 0.5 : 0)
                + ((mention.To == reportedAt && mention.Confidence > 0.5) || Began().IsMatch(data.All[Math.Max(0, mention.Start - 40)..mention.Start]) ? 0.2
                    : 0))
            .ThenBy(mention => mention.Start)
            .FirstOrDefault();

    [GeneratedRegex(@"\b(?:start(?:ed|s)|began|beg[iu]ns?|happened|noticed|appeared|occurred|saw|went\s+out|since)\b[^.!?]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Began();
}
