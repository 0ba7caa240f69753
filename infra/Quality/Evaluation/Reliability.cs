namespace DomainFlow.Quality.Evaluation;

/// <summary>Readings by the confidence that they state, in ten bins: confidence means something where each bin's share of right ones is near it.</summary>
internal sealed record Reliability(string What, IReadOnlyList<Reliability.Bin> Bins)
{
    private const int Count = 10;

    /// <param name="From">Stated confidence, inclusive; the last bin ends at 1, inclusive.</param>
    /// <param name="Stated">Mean stated confidence.</param>
    /// <param name="Right">Share that is right.</param>
    public sealed record Bin(double From, int Readings, double Stated, double Right);

    /// <summary>The mean distance between what is stated and what is right, weighed by readings.</summary>
    public double Error => Bins.Sum(bin => bin.Readings) is > 0 and var all ? Bins.Sum(bin => bin.Readings * Math.Abs(bin.Stated - bin.Right)) / all : 0;

    public static Reliability Of(string what, IEnumerable<(double Stated, bool IsRight)> readings)
    {
        var bins = readings.ToLookup(reading => Math.Clamp((int)(reading.Stated * Count), 0, Count - 1));
        return new Reliability(
            what,
            [
                .. Enumerable.Range(0, Count).Select(at => new Bin(
                    at / (double)Count,
                    bins[at].Count(),
                    bins[at].Select(reading => reading.Stated).DefaultIfEmpty().Average(),
                    bins[at].Select(reading => reading.IsRight ? 1.0 : 0).DefaultIfEmpty().Average())),
            ]);
    }
}
