using System.IO.Compression;
using DomainFlow.Publish;

namespace DomainFlow.Infra.Tests.Publishing;

public sealed class DeterministicZipTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("domainflow-zip-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_same_files_give_the_same_zip_whenever_and_in_whatever_order_they_were_written()
    {
        var first = await ZipAsync("first", new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc), "bootstrap", "a.dll", "sub/b.dll");
        var second = await ZipAsync("second", new DateTime(2021, 2, 3, 4, 5, 6, DateTimeKind.Utc), "sub/b.dll", "a.dll", "bootstrap");
        Assert.Equal(first, second);
        Assert.Equal(await File.ReadAllBytesAsync(Zip("first")), await File.ReadAllBytesAsync(Zip("second")));
    }

    [Fact]
    public async Task The_bootstrap_alone_may_be_executed()
    {
        await ZipAsync("modes", DateTime.UnixEpoch, "bootstrap", "a.dll");
        await using var archive = await ZipFile.OpenReadAsync(Zip("modes"));
        var modes = archive.Entries.ToDictionary(entry => entry.FullName, entry => Convert.ToString((entry.ExternalAttributes >> 16) & 0x1FF, 8));
        Assert.Equal(new Dictionary<string, string> { ["a.dll"] = "644", ["bootstrap"] = "755" }, modes);
    }

    [Fact]
    public async Task A_folder_without_a_bootstrap_is_refused() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => ZipAsync("empty", DateTime.UnixEpoch, "a.dll"));

    private string Zip(string name) => Path.Combine(folder, name + ".zip");

    private async Task<string> ZipAsync(string name, DateTime written, params string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(folder, name, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, "content of " + file);
            File.SetLastWriteTimeUtc(path, written);
        }

        return await DeterministicZip.WriteAsync(Path.Combine(folder, name), Zip(name), "bootstrap", CancellationToken.None);
    }
}
