using System.Xml.Linq;
using DomainFlow.Judge.Tests.Judging;
using DomainFlow.Judge.Tests.Recording;

namespace DomainFlow.Judge.Tests.Calls;

/// <summary>S3, with the bucket in the path. What a browser sends under a grant is the signer's call.</summary>
internal static class ObjectCalls
{
    public static IEnumerable<Call> Of(RecordedCall recorded, DeployedNames names)
    {
        var (bucket, key) = Place(recorded);
        var (inBucket, query) = (names.Bucket(bucket), recorded.Query);
        Call On(string action, string? one = null) => new(recorded.Caller, "s3:" + action, one is null ? inBucket : $"{inBucket}/{one}");
        Call Listing(string action) => On(action) with { Prefix = query.GetValueOrDefault("prefix") };
        string Versioned(string action) => query.ContainsKey("versionId") ? action + "Version" : action;
        return (recorded.Method, key) switch
        {
            ("GET", "") when query.ContainsKey("versions") => [Listing("ListBucketVersions")],
            ("GET", "") when query.Keys.All(name => name is "list-type" or "prefix" or "continuation-token" or "start-after" or "max-keys" or "delimiter") => [Listing("ListBucket")],
            ("HEAD", "") => [On("ListBucket")],
            ("POST", "") when query.ContainsKey("delete") => Deleted(recorded).Select(one => On(one.IsVersion ? "DeleteObjectVersion" : "DeleteObject", one.Key)),
            ("POST", "") when recorded.Form.TryGetValue("key", out var uploaded) => [On("PutObject", uploaded)],
            // Who may not list a bucket is told 403 instead of 404: the code counts on the latter.
            ("GET" or "HEAD", _) when key.Length > 0 => [On(Versioned("GetObject"), key), .. recorded.Status == 404 ? [On("ListBucket")] : Array.Empty<Call>()],
            ("PUT", _) when key.Length > 0 && recorded.CopySource is { } source => [Read(recorded, names, source), On("PutObject", key)],
            ("PUT", _) when key.Length > 0 && query.Keys.All(name => name is "partNumber" or "uploadId" or "x-id") => [On("PutObject", key)],
            ("POST", _) when key.Length > 0 && (query.ContainsKey("uploads") || query.ContainsKey("uploadId")) => [On("PutObject", key)],
            ("DELETE", _) when key.Length > 0 => [On(query.ContainsKey("uploadId") ? "AbortMultipartUpload" : Versioned("DeleteObject"), key)],
            _ => throw Call.Unknown(recorded),
        };
    }

    /// <summary>Bucket and key; the latter is empty where the bucket itself is meant.</summary>
    public static (string Bucket, string Key) Place(RecordedCall recorded)
    {
        var parts = recorded.Path.TrimStart('/').Split('/', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static Call Read(RecordedCall recorded, DeployedNames names, string source)
    {
        var (path, isVersion) = (source.Split("?versionId=")[0], source.Contains("?versionId=", StringComparison.Ordinal));
        var parts = path.Split('/', 2);
        return new(recorded.Caller, isVersion ? "s3:GetObjectVersion" : "s3:GetObject", $"{names.Bucket(parts[0])}/{parts[1]}");
    }

    private static IEnumerable<(string Key, bool IsVersion)> Deleted(RecordedCall recorded) =>
        XDocument.Parse(recorded.Body!).Descendants().Where(element => element.Name.LocalName == "Object").Select(one =>
            (one.Elements().Single(e => e.Name.LocalName == "Key").Value, one.Elements().Any(e => e.Name.LocalName == "VersionId")));
}
