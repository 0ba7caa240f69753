using System.Text;

namespace DomainFlow.Local.Console;

/// <summary>A file of lines with a largest size. What is older is in PATH.1 and on, the oldest is deleted. For one caller at a time.</summary>
internal sealed class RotatingFile(string path, long maxBytes, int generations) : IDisposable
{
    private FileStream? stream;

    /// <summary>A line that the disk does not take is lost: the log must not end what it tells about.</summary>
    public void WriteLine(string line)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(line + '\n');
            stream ??= Open();
            if (stream.Length > 0 && stream.Length + bytes.Length > maxBytes) Rotate();
            stream ??= Open();
            stream.Write(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        stream?.Dispose();
        stream = null;
    }

    // Without a buffer: after each line nothing is left that a full disk could refuse later.
    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    private void Rotate()
    {
        Dispose();
        for (var n = generations - 1; n >= 1; n--)
        {
            if (File.Exists($"{path}.{n}")) File.Move($"{path}.{n}", $"{path}.{n + 1}", overwrite: true);
        }

        File.Move(path, path + ".1", overwrite: true);
    }
}
