using Amazon.Lambda.S3Events;
using DomainFlow.Domain.Reports;

namespace DomainFlow.Ingest.Photos;

/// <summary>An upload as its event names it.</summary>
/// <param name="Version">Null where the bucket keeps none.</param>
/// <param name="Sequencer">Orders the events of one key: hexadecimal numbers, the shorter one filled up with zeros on the right, as S3 tells.</param>
public sealed record PhotoUpload(string Bucket, string Key, string? Version, string Sequencer)
{
    private const string NoSequencer = "0";

    public string RenditionKey => ReportImage.RenditionOf(Key, Sequencer);

    public static PhotoUpload Of(S3Event.S3EventNotificationRecord record)
    {
        var item = record.S3.Object;
        return new(record.S3.Bucket.Name, item.KeyDecoded, item.VersionId, string.IsNullOrEmpty(item.Sequencer) ? NoSequencer : item.Sequencer);
    }

    public bool IsNewerThan(string? known) => known is null || Compare(Sequencer, known) > 0;

    public bool IsSameAs(string? known) => known is not null && Compare(Sequencer, known) == 0;

    /// <returns>Less than 0 where the first is older; none at all is older than any.</returns>
    public static int Compare(string first, string? second)
    {
        var width = Math.Max(second?.Length ?? 0, first.Length);
        return second is null ? 1 : string.CompareOrdinal(first.PadRight(width, '0'), second.PadRight(width, '0'));
    }
}
