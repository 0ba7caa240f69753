using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Judge.Tests.Calls;
using DomainFlow.Judge.Tests.Recording;
using DomainFlow.Topology;

namespace DomainFlow.Judge.Tests.Judging;

/// <summary>Whether a template's buckets tell of, and let expire, what they should of the objects of a run.</summary>
internal sealed class BucketJudge(SynthesisedSystem system, IReadOnlyList<RecordedCall> recorded)
{
    private readonly DeployedNames names = new(system);
    private readonly IReadOnlyList<CreatedObject> objects = CreatedObject.In(recorded);

    /// <summary>Prefixes of what is kept for a time only.</summary>
    private static readonly string[] Temporary = [SystemMap.ExpiringItemValues];

    public IReadOnlyList<CreatedObject> Objects => objects;

    /// <summary>Originals that are not told of exactly once, and other objects that are told of.</summary>
    public IReadOnlyList<string> WronglyTold =>
    [
        .. from made in objects
           let told = Notifications(made.Bucket).Count(notification => notification.Tells(made))
           where told != (made.IsOriginal ? 1 : 0)
           select $"{(made.IsOriginal ? "an original" : "a derived object")} is told of {told} times: {made.Event} {made.Key}",
    ];

    /// <summary>Notifications that told of nothing in the run.</summary>
    public IReadOnlyList<string> SilentNotifications =>
    [
        .. from bucket in SystemMap.Buckets
           from notification in Notifications(bucket.Name)
           where !objects.Any(made => made.Bucket == bucket.Name && notification.Tells(made))
           select $"{bucket.Name}: {notification.Event} {string.Join(' ', notification.Filters)}",
    ];

    /// <summary>Temporary objects that stay, others that go, and what stays of deleted ones and of uploads that broke off.</summary>
    public IReadOnlyList<string> WronglyKept =>
    [
        .. objects.SelectMany(made => Faults(made, [.. Rules(made.Bucket).Where(rule => rule.IsFor(made.Key))])).Distinct().Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Faults(CreatedObject made, IReadOnlyList<ExpiryRule> rules)
    {
        var isTemporary = Array.Exists(Temporary, prefix => made.Key.StartsWith(prefix, StringComparison.Ordinal));
        var kind = made.Key.Split('/')[0] is var first && Guid.TryParse(first, out _) ? "originals" : first;
        if (rules.Any(rule => rule.DeletesCurrent) != isTemporary) yield return $"{kind}: {(isTemporary ? "temporary, and no rule deletes them" : "a rule deletes what must stay")}";
        if (!rules.Any(rule => rule.DeletesReplaced)) yield return $"{kind}: what was replaced or deleted stays for ever";
        if (!rules.Any(rule => rule.DropsUploads)) yield return $"{kind}: the parts of an upload that broke off stay for ever";
    }

    private IEnumerable<Notification> Notifications(string bucket) =>
        (Bucket(bucket).Properties["NotificationConfiguration"]?["LambdaConfigurations"]?.AsArray() ?? []).Select(Notification.Read!);

    private IEnumerable<ExpiryRule> Rules(string bucket) =>
        (Bucket(bucket).Properties["LifecycleConfiguration"]?["Rules"]?.AsArray() ?? []).Select(ExpiryRule.Read!);

    private Resource Bucket(string name) => system.Functions.OfType("AWS::S3::Bucket").Single(bucket => bucket["BucketName"] == names.BucketName(name));
}

/// <param name="Filters">Such as (suffix, .jpg).</param>
internal sealed record Notification(string Event, IReadOnlyList<(string Name, string Value)> Filters)
{
    public static Notification Read(JsonNode json) => new(
        (string)json["Event"]!,
        [.. (json["Filter"]?["S3Key"]?["Rules"]?.AsArray() ?? []).Select(rule => ((string)rule!["Name"]!, (string)rule["Value"]!))]);

    public bool Tells(CreatedObject made) => Wildcard.Matches(Event, made.Event) && Filters.All(filter => filter.Name.ToLowerInvariant() switch
    {
        "suffix" => made.Key.EndsWith(filter.Value, StringComparison.Ordinal),
        "prefix" => made.Key.StartsWith(filter.Value, StringComparison.Ordinal),
        _ => throw new InvalidOperationException($"S3 has no filter {filter.Name}"),
    });
}

/// <summary>A rule of a bucket's lifecycle, as far as it deletes.</summary>
internal sealed record ExpiryRule(string Prefix, bool DeletesCurrent, bool DeletesReplaced, bool DropsUploads)
{
    public static ExpiryRule Read(JsonNode json)
    {
        var isEnabled = (string?)json["Status"] == "Enabled";
        return new(
            (string?)json["Prefix"] ?? (string?)json["Filter"]?["Prefix"] ?? "",
            isEnabled && (json["ExpirationInDays"] ?? json["ExpirationDate"]) is not null,
            isEnabled && (json["NoncurrentVersionExpiration"]?["NoncurrentDays"] ?? json["NoncurrentVersionExpirationInDays"]) is not null,
            isEnabled && json["AbortIncompleteMultipartUpload"]?["DaysAfterInitiation"] is not null);
    }

    public bool IsFor(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);
}
