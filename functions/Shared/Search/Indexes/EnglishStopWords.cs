namespace DomainFlow.Search.Indexes;

/// <summary>English words that say nothing by themselves: Snowball's, as PostgreSQL has them. The list that OpenSearch has built in is far shorter.</summary>
internal static class EnglishStopWords
{
    private const string Persons = "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself "
        + "it its itself they them their theirs themselves";

    private const string Questions = "what which who whom when where why how";

    private const string Pointers = "this that these those here there then once again further now just only very too so than such same own "
        + "other both each few more most some any all no nor not a an the";

    private const string Verbs = "am is are was were be been being have has had having do does did doing can will should don s t";

    private const string Joints = "and but if or because as until while of at by for with about against between into through during before after above below "
        + "to from up down in out on off over under";

    public static IEnumerable<string> All => string.Join(' ', Persons, Questions, Pointers, Verbs, Joints).Split(' ');
}
