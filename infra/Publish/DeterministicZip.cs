using System.IO.Compression;
using System.Security.Cryptography;

namespace DomainFlow.Publish;

/// <summary>A zip that depends on names and contents alone: the same files give the same bytes, so an unchanged function is not deployed again.</summary>
public static class DeterministicZip
{
    private const int RegularFile = 0x8000;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // The oldest time that a zip can hold.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes all files below a folder; the one named <paramref name="executable"/> may be executed.</summary>
    /// <returns>SHA-256 of the zip, in lower-case hex.</returns>
    /// <exception cref="FileNotFoundException">The folder has no such executable.</exception>
    public static async Task<string> WriteAsync(string folder, string zip, string executable, CancellationToken cancellationToken)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (!files.Contains(executable))
            throw new FileNotFoundException($"{folder} has no file {executable}: is the function an executable of that name?");
        await using (var archive = await ZipFile.OpenAsync(zip, ZipArchiveMode.Create, cancellationToken))
        {
            foreach (var file in files)
                await AddAsync(archive, Path.Combine(folder, file), file, file == executable ? Executable : Readable, cancellationToken);
        }

        await using var written = File.OpenRead(zip);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellationToken));
    }

    private static async Task AddAsync(ZipArchive archive, string path, string name, UnixFileMode mode, CancellationToken cancellationToken)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = Time;
        entry.ExternalAttributes = (RegularFile | (int)mode) << 16;
        await using var source = File.OpenRead(path);
        await using var target = await entry.OpenAsync(cancellationToken);
        await source.CopyToAsync(target, cancellationToken);
    }
}
