using DomainFlow.Domain.Search;

namespace DomainFlow.Embedded.Tests.Search;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Señor Núñez, café", "Senor Nunez  cafe")]
    [InlineData("nu\u0301mero", "numero")]
    [InlineData("Straße", "Strasse")]
    [InlineData("Ferry/Farren St.Paul", "Ferry Farren St Paul")]
    [InlineData("наводнение улице", "наводнение улице")]
    [InlineData("a\0b 😀", "a b  ")]
    public void Accents_go_and_signs_part_words(string text, string words) => Assert.Equal(words, SearchWords.Of(text));
}
