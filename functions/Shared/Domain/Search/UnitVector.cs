namespace DomainFlow.Domain.Search;

/// <summary>Vectors of length 1, the only ones that indexes compare.</summary>
public static class UnitVector
{
    /// <exception cref="ArgumentException">It has not so many dimensions, or no direction.</exception>
    public static float[] Of(ReadOnlySpan<float> vector, int dimensions = SearchIndexes.Dimensions)
    {
        if (vector.Length != dimensions)
            throw new ArgumentException($"The vector has {vector.Length} dimensions; the indexes have {dimensions}.", nameof(vector));
        var squares = 0.0;
        foreach (var part in vector)
            squares += (double)part * part;
        var length = (float)Math.Sqrt(squares);
        if (!float.IsNormal(length))
            throw new ArgumentException("The vector must be finite and not zero.", nameof(vector));
        var unit = new float[vector.Length];
        for (var i = 0; i < unit.Length; i++)
            unit[i] = vector[i] / length;
        return unit;
    }
}
