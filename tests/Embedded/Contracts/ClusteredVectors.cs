using System.Numerics;
using DomainFlow.Domain.Search;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>Unit vectors around some centres, as those of texts lie, in groups of given shares; what an exact search among a group would find.</summary>
internal sealed class ClusteredVectors
{
    private const int Centres = 100;
    private const float Spread = 0.6f;
    private readonly float[][] centres;
    private readonly float[][] units;
    private readonly Guid[] ids;
    private readonly string[] groups;

    /// <param name="shares">Of all; what no share takes is of the group "rest".</param>
    public ClusteredVectors(int count, IEnumerable<(string Group, double Share)> shares, int seed)
    {
        var random = new Random(seed);
        centres = [.. Enumerable.Range(0, Centres).Select(_ => Gaussian(random))];
        units = [.. Enumerable.Range(0, count).Select(_ => Near(random))];
        ids = [.. Enumerable.Range(0, count).Select(_ => Id(random))];
        groups = [.. Enumerable.Repeat("rest", count)];
        var place = 0;
        foreach (var (group, share) in shares)
        {
            var end = place + (int)Math.Round(count * share);
            for (; place < end; place++) groups[place] = group;
        }
    }

    public int Count => units.Length;

    public IEnumerable<(Guid Id, string Group, float[] Unit)> Items => Enumerable.Range(0, Count).Select(n => (ids[n], groups[n], units[n]));

    public float[] Near(Random random)
    {
        var (centre, noise) = (centres[random.Next(Centres)], Gaussian(random));
        return UnitVector.Of(centre.Zip(noise, (c, n) => c + (Spread * n)).ToArray());
    }

    /// <summary>The share of the k nearest of the group that was found; one as near as the k-th counts as well as that.</summary>
    public double Recall(IEnumerable<Guid> found, float[] asked, string group, int k)
    {
        var scores = Items.Where(item => item.Group == group).ToDictionary(item => item.Id, item => Dot(asked, item.Unit));
        var nearest = scores.Values.OrderDescending().Take(k).ToList();
        return nearest.Count == 0 ? 1 : (double)found.Count(id => scores.TryGetValue(id, out var score) && score >= nearest[^1] - 1e-6f) / nearest.Count;
    }

    private static float Dot(float[] a, float[] b)
    {
        var sum = Vector<float>.Zero;
        for (var i = 0; i < a.Length; i += Vector<float>.Count) sum += new Vector<float>(a, i) * new Vector<float>(b, i);
        return Vector.Sum(sum);
    }

    private static float[] Gaussian(Random random) => UnitVector.Of(
        Enumerable.Range(0, SearchIndexes.Dimensions)
            .Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))).ToArray());

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
