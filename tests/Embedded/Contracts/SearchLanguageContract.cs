using DomainFlow.Domain.Search;
using static DomainFlow.Embedded.Tests.Contracts.Corpus;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>Words as people write them: forms, accents, stop words, neighbours. Every search index finds alike.</summary>
public abstract class SearchLanguageContract
{
    private readonly Guid tenant = Guid.NewGuid();

    protected abstract ISearchIndex Index { get; }

    [SkippableTheory]
    [InlineData("ca", "Els forats del carrer són perillosos", "forat perillós")]
    [InlineData("da", "Hullerne i vejen er farlige", "farlig hul vejene")]
    [InlineData("de", "Die Leitungen sind undicht, alle Straßen überflutet", "undichte Leitung")]
    [InlineData("en", "Two hydrants were leaking on Elm Street", "hydrant leaks")]
    [InlineData("es", "Los baches de la calle son peligrosos", "bache peligroso")]
    [InlineData("fi", "Kadulla on vaarallisia kuoppia", "kuopat kadun")]
    [InlineData("fr", "Les lampadaires cassés de la rue", "lampadaire cassé")]
    [InlineData("hu", "Az utcákon veszélyes gödrök vannak", "utcák veszélyes")]
    [InlineData("it", "Le buche della strada sono pericolose", "buca pericolosa")]
    [InlineData("nl", "De lekkende leidingen in de straten", "leiding straat lekkend")]
    [InlineData("no", "Hullene i veien er farlige", "farlig hull")]
    [InlineData("pt-BR", "Os buracos das ruas são perigosos", "buraco perigoso")]
    [InlineData("ro", "Gropile din strada sunt periculoase", "periculos groapa strazii")]
    [InlineData("ru", "На улице опасные ямы и сломанные фонари", "опасная яма")]
    [InlineData("sv", "Hålen i vägarna är farliga", "farlig väg")]
    [InlineData("tr", "Sokaktaki çukurlar tehlikeli", "çukur")]
    [InlineData("el", "Οι λακκούβες στους δρόμους", "δρόμος λακκούβα")]
    [InlineData("id", "Jalanan berlubang membahayakan", "lubang jalan")]
    [InlineData("xx", "Qarlo mitte", "MITTE")]
    public async Task Words_are_found_in_other_forms(string language, string text, string asked)
    {
        var report = await StoreAsync(text, language);
        await StoreAsync("zzz", language);
        Assert.Equal([report], await FindAsync(asked, language));
    }

    [SkippableTheory]
    [InlineData("en", "Which of the lights was it that had been over there?", "it was over there that which had been")]
    [InlineData("de", "Die Ampel ist bei der Brücke nicht an", "ist die der bei nicht")]
    [InlineData("es", "La farola está en la calle", "la en esta")]
    [InlineData("fr", "Il y a une fuite dans la rue", "une la dans")]
    public async Task Words_that_say_nothing_find_nothing(string language, string text, string asked)
    {
        await StoreAsync(text, language);
        Assert.Empty(await FindAsync(asked, language));
    }

    [SkippableFact]
    public async Task A_word_that_is_the_same_in_both_languages_is_found_from_either()
    {
        var spanish = await StoreAsync("Fuga de agua en Kestrel", "es");
        var english = await StoreAsync("Water is running at Kestrel", "en");
        foreach (var language in new[] { "en", "es", "xx" })
            Assert.Equal(new[] { spanish, english }.Order(), (await FindAsync("kestrel", language)).Order());
    }

    [SkippableFact]
    public async Task Words_side_by_side_outrank_the_same_words_apart()
    {
        var apart = await StoreAsync("light on the corner of Main, the street is dark");
        var together = await StoreAsync("dark corner of Main, the street light is on");
        Assert.Equal([together, apart], await FindAsync("street light"));
    }

    [SkippableFact]
    public async Task Words_may_have_one_that_says_nothing_between_them()
    {
        var apart = await StoreAsync("Main lamp at the dark corner");
        var together = await StoreAsync("dark lamp at corner of Main");
        Assert.Equal([together, apart], await FindAsync("the corner of Main"));
    }

    [SkippableFact]
    public async Task Accents_may_be_left_out_on_either_side()
    {
        var report = await StoreAsync("Árbol caído en la calle Núñez/Peña", "es");
        foreach (var asked in new[] { "arbol caido", "ÁRBOL", "nunez", "peña" })
            Assert.Equal([report], await FindAsync(asked, "es"));
    }

    /// <summary>X01, X05 and more of their kind.</summary>
    [SkippableTheory]
    [InlineData("th", "น้ำท่วมถนนสุขุมวิทตั้งแต่เช้า", "สุขุมวิท")]
    [InlineData("th", "ไฟถนนดับที่ Sukhumvit ซอย 12", "ไฟถนน sukhumvit")]
    [InlineData("zh", "苏州路的路灯坏了", "路灯")]
    [InlineData("zh", "苏州路的路灯坏了", "灯")]
    [InlineData("ja", "横浜駅前の道路に穴があいています", "道路に穴")]
    [InlineData("ja", "カ\u3099ス漏れ", "ガス漏れ")]
    [InlineData("ko", "수도관이 터졌습니다", "수도관")]
    [InlineData("km", "ផ្លូវលិចទឹកនៅភ្នំពេញ", "ភ្នំពេញ")]
    [InlineData("lo", "ນ້ຳຖ້ວມຖະໜົນໃນວຽງຈັນ", "ວຽງຈັນ")]
    [InlineData("my", "ရန်ကုန်မြို့ လမ်းပေါ်ရေကြီး", "ရေကြီး")]
    [InlineData("en", "Broken lamp near 横浜駅 exit", "横浜駅")]
    [InlineData("fa", "آب را قطع می\u200Cکنند", "می\u200Cکنند")]
    [InlineData("fa", "آب را قطع می\u200Cکنند", "میکنند")]
    [InlineData("de", "Ba\u0308ckerei am Mu\u0308nsterplatz", "B\u00E4ckerei")]
    [InlineData("vi", "\u0110\u01B0\u1EDDng ng\u1EADp n\u01B0\u1EDBc", "du\u031Bo\u031B\u0300ng ngap")]
    public async Task Words_of_every_script_are_found_as_they_are_written(string language, string text, string asked)
    {
        var report = await StoreAsync(text, language);
        await StoreAsync("zzz", language);
        Assert.Equal([report], await FindAsync(asked, language));
    }

    [SkippableFact]
    public async Task A_long_question_is_searched_for_as_well()
    {
        var report = await StoreAsync("hydrant");
        Assert.Equal([report], await FindAsync(string.Join(' ', Enumerable.Repeat("the hydrant by the bridge", 200))));
    }

    private async Task<Guid> StoreAsync(string text, string language = "en")
    {
        var document = Document(tenant, 1, text, language: language);
        await Index.UpsertAsync(document, default);
        return document.Id;
    }

    private async Task<IEnumerable<Guid>> FindAsync(string text, string language = "en") =>
        (await Index.SearchAsync(ByText(tenant, text) with { Language = language }, default)).Select(hit => hit.Id);
}
