using DomainFlow.Domain.Search;
using DomainFlow.Playbooks.Offline;
using Microsoft.Extensions.AI;

namespace DomainFlow.Playbooks.Tests.Offline;

public sealed class OfflineEmbeddingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("the of and")]
    [InlineData("!!! 😀")]
    [InlineData("A pothole on Main Street")]
    public void Every_text_gets_a_unit_vector(string text)
    {
        var vector = OfflineEmbeddingGenerator.Embed(text);
        Assert.Equal(SearchIndexes.Dimensions, vector.Length);
        Assert.Equal(1, Math.Sqrt(vector.Sum(value => (double)value * value)), 4);
    }

    [Fact]
    public async Task Vectors_are_as_long_as_was_asked_for()
    {
        using var generator = new OfflineEmbeddingGenerator(512);
        var vector = (await generator.GenerateAsync(["A pothole on Main Street"])).Single().Vector.ToArray();
        Assert.Equal(512, vector.Length);
        Assert.Equal(1, Math.Sqrt(vector.Sum(value => (double)value * value)), 4);
        Assert.Equal(512, ((EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!).DefaultModelDimensions);
    }

    [Fact]
    public void The_same_text_gives_the_same_vector_in_every_process()
    {
        var vector = OfflineEmbeddingGenerator.Embed("pothole");
        var largest = vector.Index().OrderByDescending(item => Math.Abs(item.Item)).ThenBy(item => item.Index).First();
        Assert.Equal((Expected.Index, Expected.Sign), (largest.Index, Math.Sign(largest.Item)));
    }

    [Fact]
    public void Texts_about_one_thing_lie_nearer_than_others()
    {
        var pothole = OfflineEmbeddingGenerator.Embed("Deep potholes on Main Street damaged my tyre");
        Assert.True(Cosine(pothole, "pothole in the street") > Cosine(pothole, "loud music at night") + 0.1);
        Assert.True(Cosine(pothole, "the pot holes") > Cosine(pothole, "the garbage"));
    }

    private static readonly (int Index, int Sign) Expected = (86, 1);

    private static double Cosine(float[] left, string right) => left.Zip(OfflineEmbeddingGenerator.Embed(right), (a, b) => (double)a * b).Sum();
}
