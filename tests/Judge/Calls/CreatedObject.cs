using DomainFlow.Judge.Tests.Recording;

namespace DomainFlow.Judge.Tests.Calls;

/// <summary>An object that came into being, and S3's name for how.</summary>
/// <param name="Bucket">Its name in the run.</param>
/// <param name="IsOriginal">A client uploaded it under a grant, or it was copied onto itself to be told of again.</param>
public sealed record CreatedObject(string Caller, string Bucket, string Key, string Event, bool IsOriginal)
{
    public static IReadOnlyList<CreatedObject> In(IEnumerable<RecordedCall> calls) =>
        [.. calls.Where(call => call.Service == "s3" && call.Succeeded).Select(Of).OfType<CreatedObject>()];

    private static CreatedObject? Of(RecordedCall call)
    {
        var (bucket, key) = ObjectCalls.Place(call);
        return (call.Method, key) switch
        {
            ("POST", "") when call.Form.TryGetValue("key", out var uploaded) => new(call.Caller, bucket, uploaded, "s3:ObjectCreated:Post", IsOriginal: true),
            ("PUT", _) when key.Length > 0 && call.CopySource is { } source =>
                new(call.Caller, bucket, key, "s3:ObjectCreated:Copy", source.Split('?')[0] == $"{bucket}/{key}"),
            ("PUT", _) when key.Length > 0 && !call.Query.ContainsKey("partNumber") => new(call.Caller, bucket, key, "s3:ObjectCreated:Put", IsOriginal: false),
            ("POST", _) when key.Length > 0 && call.Query.ContainsKey("uploadId") =>
                new(call.Caller, bucket, key, "s3:ObjectCreated:CompleteMultipartUpload", IsOriginal: false),
            _ => null,
        };
    }
}
