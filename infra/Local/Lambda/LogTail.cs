using System.Text;

namespace DomainFlow.Local.Lambda;

/// <summary>The last 4 KB that a function printed during an invocation.</summary>
internal sealed class LogTail
{
    private const int MaxBytes = 4096;

    private readonly Queue<string> lines = new();
    private readonly Lock gate = new();
    private int size;

    public int Count { get; private set; }

    public void Add(string line)
    {
        lock (gate)
        {
            Count++;
            lines.Enqueue(line);
            size += Encoding.UTF8.GetByteCount(line) + 1;
            while (size > MaxBytes && lines.Count > 1) size -= Encoding.UTF8.GetByteCount(lines.Dequeue()) + 1;
        }
    }

    /// <summary>The tail in base64, as the header X-Amz-Log-Result carries it.</summary>
    public string ToBase64()
    {
        byte[] bytes;
        lock (gate) bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        return Convert.ToBase64String(bytes.AsSpan(Math.Max(0, bytes.Length - MaxBytes)));
    }
}
