using System.Globalization;
using System.Text.Json;
using Amazon.S3.Model;

namespace DomainFlow.AwsEndpoints;

/// <summary>
/// How far a bucket's new versions were told. A version may show late under an earlier time (S3 dates an upload in parts by its
/// beginning), so that a time alone would lose it: what was told within the last hour is remembered one by one.
/// </summary>
internal sealed class BucketPosition
{
    private static readonly TimeSpan LongestUpload = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Told> told = [];
    private DateTime since;

    /// <exception cref="FormatException">It is no position.</exception>
    public static BucketPosition Read(string? checkpoint)
    {
        var position = new BucketPosition();
        if (checkpoint is null)
            return position;
        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(checkpoint)!;
            position.since = stored.Since;
            foreach (var version in stored.Told)
                position.told[Id(version.Key, version.Version)] = version;
            return position;
        }
        catch (JsonException wrong)
        {
            throw new FormatException("The checkpoint is not one of a bucket's notifications.", wrong);
        }
    }

    public string Write() => JsonSerializer.Serialize(new Stored(since, [.. told.Values]));

    public bool IsNew(S3ObjectVersion version) => TimeOf(version) >= since && !told.ContainsKey(Id(version.Key, version.VersionId));

    /// <summary>Notes that the version is told.</summary>
    /// <returns>Its sequencer: of its time and, within a second, of its place among the key's versions. Hexadecimal.</returns>
    public string Take(S3ObjectVersion version)
    {
        var time = TimeOf(version);
        var place = told.Values.Where(t => t.Key == version.Key && t.Time == time).Select(t => t.Place + 1).DefaultIfEmpty(0).Max();
        told[Id(version.Key, version.VersionId)] = new Told(version.Key, version.VersionId, time, place);
        if (time - LongestUpload > since)
        {
            since = time - LongestUpload;
            foreach (var (id, old) in told.Where(t => t.Value.Time < since).ToList())
                told.Remove(id);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{time.Ticks:X16}{place:X4}");
    }

    private static DateTime TimeOf(S3ObjectVersion version) => version.LastModified!.Value.ToUniversalTime();

    private static string Id(string key, string version) => $"{version} {key}";

    private sealed record Stored(DateTime Since, IReadOnlyList<Told> Told);

    private sealed record Told(string Key, string Version, DateTime Time, int Place);
}
