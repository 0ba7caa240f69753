using DomainFlow.Playbooks.Offline;

namespace DomainFlow.Playbooks.Tests.Language;

/// <summary>Stems are not shown to anyone: two forms of a word are one where texts that differ by them only have the same vector.</summary>
public sealed class StemmerTests
{
    [Theory]
    [InlineData("pothole potholes")]
    [InlineData("flood flooded flooding floods")]
    [InlineData("dump dumped dumping")]
    [InlineData("city cities")]
    [InlineData("dangerous dangerously")]
    [InlineData("repair repaired repairs")]
    [InlineData("collect collected collection collections")]
    [InlineData("hope hoped hoping")]
    [InlineData("trim trimmed trimming")]
    [InlineData("vandalize vandalizing")]
    public void Forms_of_a_word_are_one(string forms)
    {
        var vectors = forms.Split(' ').Select(form => OfflineEmbeddingGenerator.Embed(form)).ToList();
        Assert.All(vectors, vector => Assert.Equal(vectors[0], vector));
    }

    [Theory]
    [InlineData("news", "new")]
    [InlineData("universe", "umbrella")]
    [InlineData("sing", "s")]
    [InlineData("bus", "bu")]
    [InlineData("herring", "her")]
    public void Other_words_stay_apart(string one, string other) =>
        Assert.NotEqual(OfflineEmbeddingGenerator.Embed(one), OfflineEmbeddingGenerator.Embed(other));
}
