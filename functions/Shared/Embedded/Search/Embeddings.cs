using System.Buffers.Binary;
using System.Numerics.Tensors;
using DomainFlow.Domain.Search;

namespace DomainFlow.Embedded.Search;

/// <summary>Vectors as they are compared (of length 1) and as they are stored (little-endian floats).</summary>
internal static class Embeddings
{
    /// <exception cref="ArgumentException">It has not the dimension of the indexes, or no direction.</exception>
    public static float[] Unit(ReadOnlySpan<float> vector)
    {
        if (vector.Length != SearchIndexes.Dimensions)
            throw new ArgumentException($"The vector has {vector.Length} dimensions; the indexes have {SearchIndexes.Dimensions}.", nameof(vector));
        var norm = TensorPrimitives.Norm(vector);
        if (!float.IsNormal(norm))
            throw new ArgumentException("The vector must be finite and not zero.", nameof(vector));
        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector, norm, unit);
        return unit;
    }

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
