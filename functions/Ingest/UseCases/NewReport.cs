using System.Text.Json.Nodes;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Domain.Unicode;
using DomainFlow.Hosting.Http;
using DomainFlow.Playbooks.Agents;
using ReportImage = DomainFlow.Domain.Reports.ReportImage;

namespace DomainFlow.Ingest.UseCases;

/// <summary>Body of POST /reports.</summary>
/// <param name="Location">Where the reporter says it is.</param>
/// <param name="ReportedAt">Now, unless given; from 1900 to a day ahead.</param>
/// <param name="Labels">What the source knew already: kept beside the report, not shown to the playbook.</param>
/// <param name="Address">Where the source says it is, in words: the geo agent looks it up before the text.</param>
/// <param name="ManagementData">What was done about it before it came here; its status may be any, whatever the domain's transitions.</param>
public sealed record NewReport(
    string? DomainId,
    string? Text,
    IReadOnlyList<NewImage?>? Images = null,
    ReportedPlace? Location = null,
    DateTimeOffset? ReportedAt = null,
    string? Source = null,
    JsonObject? Labels = null,
    string? Address = null,
    JsonObject? ManagementData = null)
{
    public const int MaxTextLength = 10_000;
    private const int MaxAddressLength = 300;

    /// <summary>No report is older: before it, times in the text could fall out of the calendar.</summary>
    public static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ProblemException">400, naming the field.</exception>
    public NewReport Checked(DateTimeOffset now)
    {
        var errors = new FieldErrors();
        var text = StoredText.Of(Text ?? "").Trim();
        errors.Require(DomainId is { Length: > 0 and <= 100 }, "domain_id", "domain_id is required, at most 100 characters");
        errors.Require(Text is not null, "text", "text is required");
        errors.Require(text.Length <= MaxTextLength, "text", $"text has {text.Length} characters; at most {MaxTextLength} are taken");
        errors.Require(Text is null || !string.IsNullOrWhiteSpace(UntrustedText.Strip(text)), "text", "text is empty");
        errors.Require(Source is null or { Length: > 0 and <= 50 }, "source", "source must have 1 to 50 characters");
        errors.Require(
            Location is null || Location.Point is { IsValid: true }, "location", "location must have lat from -90 to 90 and lon from -180 to 180");
        errors.Require(
            Location?.Point is not { Lat: 0, Lon: 0 },
            "location",
            "location is 0,0, which devices send that do not know where they are: leave location out instead");
        errors.Require(ReportedAt is null || ReportedAt <= now.AddDays(1), "reported_at", "reported_at lies in the future");
        errors.Require(ReportedAt is null || ReportedAt >= Earliest, "reported_at", $"reported_at lies before {Earliest.Year}");
        errors.Require(Labels is null || Labels.ToJsonString().Length <= 4096, "labels", "labels may take at most 4,096 characters of JSON");
        errors.Require(Address is null or { Length: <= MaxAddressLength }, "address", $"address may have at most {MaxAddressLength} characters");
        CheckManagement(errors);
        errors.Require(Images is null or { Count: <= ReportImage.MaxCount }, "images", $"at most {ReportImage.MaxCount} images are taken");
        for (var i = 0; i < Math.Min(Images?.Count ?? 0, ReportImage.MaxCount); i++)
        {
            CheckImage(Images![i], $"images[{i}]", errors);
        }

        errors.ThrowIfAny();
        var address = Address is null ? null : StoredText.Of(Address).Trim();
        return this with
        {
            Text = text,
            Address = address is { Length: > 0 } ? address : null,
            Images = Images?.Select(i => i! with { ContentType = ReportImage.AnnouncedType(i.ContentType!) }).ToList(),
        };
    }

    public Report ToReport(Caller caller, string bucket, DateTimeOffset now, DateTimeOffset grantsExpire)
    {
        var incident = Guid.CreateVersion7(now);
        return new()
        {
            IncidentId = incident,
            TenantId = caller.Tenant,
            DomainId = DomainId!,
            RawText = Text!,
            Source = Source ?? "api",
            Status = ReportStatus.Received,
            Location = Location?.Point,
            ReportedAt = ReportedAt ?? now,
            Labels = Labels,
            Address = Address,
            ManagementData = Managed(),
            CreatedAt = now,
            UpdatedAt = now,
            CreatedBy = caller.User,
            Images =
            [
                .. (Images ?? []).Select((image, i) => new ReportImage(
                    Guid.CreateVersion7(now),
                    i + 1,
                    image!.FileName!,
                    image.ContentType!,
                    image.Size,
                    bucket,
                    ReportImage.KeyOf(caller.Tenant, DomainId!, incident, i + 1, image.ContentType!),
                    grantsExpire)),
            ],
        };
    }

    private void CheckManagement(FieldErrors errors)
    {
        if (ManagementData is null)
        {
            return;
        }

        var status = ManagementData["status"];
        errors.Require(
            status is null || (status is JsonValue value && value.TryGetValue<string>(out var text) && ReportStatus.Work.Contains(text)),
            "management_data.status",
            $"status must be one of {string.Join(", ", ReportStatus.Work)}");
        errors.Require(
            ManagementData.ToJsonString().Length <= Report.MaxManagementLength,
            "management_data",
            $"management_data may take at most {Report.MaxManagementLength} characters of JSON");
    }

    /// <summary>A report is pending unless the source says otherwise.</summary>
    private JsonObject Managed()
    {
        var managed = new JsonObject { ["status"] = "pending" };
        foreach (var (key, value) in ManagementData ?? [])
        {
            if (value is not null)
            {
                managed[key] = value.DeepClone();
            }
        }

        return managed;
    }

    private static void CheckImage(NewImage? image, string field, FieldErrors errors)
    {
        errors.Require(image is not null, field, $"{field} must be an object");
        if (image is null)
        {
            return;
        }

        errors.Require(image.FileName is { Length: > 0 and <= 200 }, $"{field}.file_name", "file_name is required, at most 200 characters");
        errors.Require(
            ReportImage.AnnouncedType(image.ContentType) is not null,
            $"{field}.content_type",
            $"content_type must be one of {string.Join(", ", ReportImage.AnnouncedTypes)}");
        errors.Require(image.Size is > 0 and <= ReportImage.MaxBytes, $"{field}.size", $"size must be from 1 to {ReportImage.MaxBytes} bytes");
    }
}

/// <summary>A position in degrees as a client writes it: half of one is none.</summary>
public sealed record ReportedPlace(double? Lat = null, double? Lon = null)
{
    public GeoPoint? Point => Lat is { } lat && Lon is { } lon ? new(lat, lon) : null;
}

/// <param name="Size">Bytes.</param>
public sealed record NewImage(string? FileName, string? ContentType, long Size);
