using DomainFlow.Domain.Search;

namespace DomainFlow.Embedded.Tests.Search;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Señor Núñez, café", "senor nunez cafe")]
    [InlineData("nu\u0301mero N\u00DAMERO", "numero numero")]
    [InlineData("Straße STRASSE \u1E9E", "strasse strasse ss")]
    [InlineData("Łódź Ærø Đà Nẵng Trường", "lodz aero da nang truong")]
    [InlineData("Ferry/Farren St.Paul", "ferry farren st paul")]
    [InlineData("Наводнение улице й и\u0306", "наводнение улице й й")]
    [InlineData("a\0b 😀", "ab")]
    [InlineData("می\u200Cخواهم\u200F", "میخواهم")]
    [InlineData("Schul\u00ADstra\u200Bße \U000E0041", "schulstrasse")]
    [InlineData("ＡＢＣ１２ ٣ ๔", "abc12 3 4")]
    public void Accents_go_and_signs_part_words(string text, string words) => Assert.Equal(words, string.Join(' ', SearchWords.Of(text)));

    [Theory]
    [InlineData("水管破裂", "水管 管破 破裂 水 管 破 裂")]
    [InlineData("水", "水")]
    [InlineData("Toyota车站A1号", "toyota 车站 a1 号 车 站")]
    [InlineData("สุขุมวิท", "สุขุ ขุม มวิ วิท สุ ขุ ม วิ ท")]
    [InlineData("か\u3099す", "がす が す")]
    [InlineData("𠀋𡈽", "𠀋𡈽 𠀋 𡈽")]
    [InlineData("수도관이", "수도 도관 관이 수 도 관 이")]
    public void Scripts_without_blanks_are_indexed_by_pairs(string text, string words) => Assert.Equal(words, SearchWords.OfDocument(text));
}
