using System.Text;

namespace OpenSearch.Net;

/// <summary>A request's body.</summary>
public abstract class PostData
{
    public static PostData Bytes(byte[] bytes) => new Memory(bytes);

    public static PostData ReadOnlyMemory(ReadOnlyMemory<byte> bytes) => new Memory(bytes);

    public static PostData String(string serializedString) => new Memory(Encoding.UTF8.GetBytes(serializedString));

    public static implicit operator PostData(byte[] byteArray) => Bytes(byteArray);

    public static implicit operator PostData(string literalString) => String(literalString);

    public abstract Task WriteAsync(Stream writableStream, IConnectionConfigurationValues settings, CancellationToken cancellationToken);

    private sealed class Memory(ReadOnlyMemory<byte> bytes) : PostData
    {
        public override Task WriteAsync(Stream writableStream, IConnectionConfigurationValues settings, CancellationToken cancellationToken) =>
            writableStream.WriteAsync(bytes, cancellationToken).AsTask();
    }
}
