using System.Security.Cryptography;
using System.Text;
using DomainFlow.Domain.Objects;

namespace DomainFlow.Embedded.Objects;

/// <summary>Where an object lies below the folder. No bucket or key leads out of it.</summary>
internal sealed class ObjectPaths(string folder)
{
    private readonly string root = Path.GetFullPath(folder);

    /// <summary>The folder of objects that are not whole yet; the host empties it when it starts.</summary>
    public string Uploads => Path.Combine(root, ".uploads");

    /// <summary>The folder of events that have not been sent yet; the host sends and deletes them.</summary>
    public string Events => Path.Combine(root, ".events");

    /// <exception cref="ArgumentException">The bucket or the key is not a name that S3 and the file system both hold.</exception>
    public string Object(string bucket, string key)
    {
        ObjectName.Check(bucket, key);
        return Path.Combine([root, bucket, .. key.Split('/')]);
    }

    /// <summary>The file that describes the object: type, size, etag, time.</summary>
    public string Description(string bucket, string key)
    {
        ObjectName.Check(bucket, key);
        return Path.Combine([root, ".meta", bucket, .. key.Split('/')]) + ".json";
    }

    /// <summary>The file that whoever changes the object holds locked; the host computes the same.</summary>
    public string Lock(string bucket, string key) =>
        Path.Combine(root, ".locks", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{bucket}/{key}")), 0, 1));

    /// <summary>The folder of a bucket's objects, or of their descriptions, whose keys start with a path that ends with a slash or is empty.</summary>
    public string Folder(string bucket, string path, bool descriptions = false)
    {
        ObjectName.Check(bucket, path + "x");
        return Path.Combine([root, .. descriptions ? [".meta", bucket] : (string[])[bucket], .. path.Split('/')]);
    }
}
