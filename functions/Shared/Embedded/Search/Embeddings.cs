using System.Buffers.Binary;
using System.Numerics.Tensors;

namespace DomainFlow.Embedded.Search;

/// <summary>Unit vectors as they are compared and as they are stored (little-endian floats).</summary>
internal static class Embeddings
{
    /// <summary>(1 + cosine) / 2 of two unit vectors: 0 to 1.</summary>
    public static double Score(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Math.Clamp((1 + (double)TensorPrimitives.Dot(a, b)) / 2, 0, 1);

    public static byte[] ToBytes(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        return bytes;
    }

    public static float[] FromBytes(ReadOnlySpan<byte> bytes)
    {
        var vector = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return vector;
    }
}
