using Amazon.S3;
using Amazon.S3.Model;
using DomainFlow.Domain.Objects;
using DomainFlow.Embedded.Tests.Contracts;

namespace DomainFlow.Stores.Tests.Objects;

/// <summary>What every object store does, by S3.</summary>
[Collection(nameof(S3Server))]
public sealed class S3ObjectsTests(S3Server server) : ObjectStoreContract
{
    private IObjectStore? _store;

    protected override IObjectStore Store => _store ??= server.Store(Clock);

    protected override async Task UploadAsync(string key, byte[] bytes)
    {
        using var s3 = server.Client();
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, InputStream = new MemoryStream(bytes), ContentType = "image/jpeg" });
    }
}
