namespace DomainFlow.Domain.Reports;

/// <summary>A photo of a report, from announcement to judgement.</summary>
/// <param name="Number">1 to 10, in the order announced.</param>
/// <param name="AnnouncedSize">Bytes, as announced.</param>
/// <param name="GrantExpiresAt">Until then the photo may arrive.</param>
public sealed record ReportImage(
    Guid Id,
    int Number,
    string FileName,
    string ContentType,
    long AnnouncedSize,
    string S3Bucket,
    string S3Key,
    DateTimeOffset GrantExpiresAt)
{
    public const int MaxCount = 10;
    public const long MaxBytes = 10 * 1024 * 1024;

    /// <summary>announced, stored or rejected.</summary>
    public string Status { get; init; } = Announced;

    /// <summary>Why it was rejected.</summary>
    public string? Reason { get; init; }

    /// <summary>Bytes, as stored.</summary>
    public long? FileSizeBytes { get; init; }

    /// <summary>What is wrong with a photo that is kept; null where nothing is.</summary>
    public string? Warning { get; init; }

    public DateTimeOffset? UploadedAt { get; init; }

    /// <summary>Orders the events of one key: an older one changes nothing.</summary>
    public string? Sequencer { get; init; }

    /// <summary>Key of the copy without metadata, the only one that is shown; null unless stored, or where none can be made safely.</summary>
    public string? RenditionKey { get; init; }

    /// <summary>Where its EXIF says that it was taken.</summary>
    public GeoPoint? ExifLocation { get; init; }

    /// <summary>When its EXIF says that it was taken; null where EXIF names no offset.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>The camera's clock where its offset is not known: read in the domain's time zone.</summary>
    public DateTime? TakenLocal { get; init; }

    public const string Announced = "announced";
    public const string Stored = "stored";
    public const string Rejected = "rejected";

    /// <summary>Says nothing: the first bytes of the upload tell the type.</summary>
    public const string UnknownType = "application/octet-stream";

    /// <summary>
    /// Extension by content type. Notifications go by the extension, the type by the first bytes: a file of an unknown type is
    /// named as the most frequent one.
    /// </summary>
    private static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpeg"] = "jpg",
        ["image/png"] = "png",
        ["image/webp"] = "webp",
        ["image/heic"] = "heic",
        ["image/heif"] = "heic",
        ["image/jpg"] = "jpg",
        [UnknownType] = "jpg",
    };

    /// <summary>Content types that an upload may be announced with.</summary>
    public static IReadOnlyCollection<string> AnnouncedTypes => Extensions.Keys;

    /// <summary>The announced type without parameters, in lower case; null for one that is not taken.</summary>
    public static string? AnnouncedType(string? contentType)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant();
        return type is null || !Extensions.ContainsKey(type) ? null : type == "image/jpg" ? "image/jpeg" : type;
    }

    public static string KeyOf(Guid tenant, string domain, Guid incident, int number, string contentType) =>
        $"{tenant}/{domain}/{incident}/image_{number:000}.{Extensions[contentType]}";

    /// <summary>Where a report's originals and renditions are: what ends with it.</summary>
    public static IReadOnlyList<string> FoldersOf(Guid tenant, string domain, Guid incident) =>
        [$"{tenant}/{domain}/{incident}/", $"renditions/{tenant}/{domain}/{incident}/"];

    /// <summary>Below it lie the renditions of one photo, one for each upload.</summary>
    public static string RenditionsOf(string key) => $"renditions/{key[..key.LastIndexOf('.')]}/";

    /// <summary>Without a photo's suffix, so that no notification sees it.</summary>
    public static string RenditionOf(string key, string sequencer) => $"{RenditionsOf(key)}{sequencer}/display";

    /// <summary>The upload that a rendition was made of; null for a key of another shape.</summary>
    public static string? SequencerOf(string rendition) => rendition.Split('/') is [.., var sequencer, "display"] ? sequencer : null;

    /// <summary>The report that a key belongs to; null for a key of another shape.</summary>
    public static (Guid Tenant, Guid Incident)? OwnerOf(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 4 && Guid.TryParse(parts[0], out var tenant) && Guid.TryParse(parts[2], out var incident) ? (tenant, incident) : null;
    }
}
