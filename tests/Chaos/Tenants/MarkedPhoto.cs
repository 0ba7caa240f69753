using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using DomainFlow.Ingest.Photos.Renditions;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>A PNG whose pixels spell a word, not compressed, so that original and rendition can be searched for it; a text chunk says it too.</summary>
internal static class MarkedPhoto
{
    private const int Height = 4;

    public static byte[] Of(string word)
    {
        byte[] signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, word.Length);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        header[8] = 8; // bits of grey
        var comment = Encoding.Latin1.GetBytes("Comment\0" + word);
        return [.. signature, .. Chunk("IHDR", header), .. Chunk("tEXt", comment), .. Chunk("IDAT", Pixels(word)), .. Chunk("IEND", [])];
    }

    private static byte[] Pixels(string word)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            for (var row = 0; row < Height; row++) stream.Write([0, .. Encoding.Latin1.GetBytes(word)]);
        }

        return packed.ToArray();
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(chunk.AsSpan(4, content.Length + 4)));
        return chunk;
    }
}
