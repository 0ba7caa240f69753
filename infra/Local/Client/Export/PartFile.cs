using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Export;

/// <summary>A file that is there under its name only once it is whole: written as NAME.part, which goes where writing is broken off.</summary>
internal sealed class PartFile : IAsyncDisposable
{
    private readonly string path;
    private bool isComplete;

    private PartFile(string path, FileStream content)
    {
        this.path = path;
        Content = content;
    }

    public FileStream Content { get; }

    private string Part => path + ".part";

    /// <exception cref="ClientException">There is no such folder, it may not be written to, or another export writes the same file.</exception>
    public static PartFile Create(string path)
    {
        try
        {
            if (Directory.Exists(path)) throw new ClientException($"--output {path} is a folder");
            // Emptied only once it is known that nobody else writes it.
            var content = new FileStream(path + ".part", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 64 * 1024);
            content.SetLength(0);
            return new PartFile(path, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientException($"--output {path} cannot be written: {e.Message}", e);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await Content.FlushAsync(cancellationToken);
        Content.Flush(flushToDisk: true);
        File.Move(Part, path, overwrite: true);
        isComplete = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!isComplete) File.Delete(Part);
        await Content.DisposeAsync();
    }
}
