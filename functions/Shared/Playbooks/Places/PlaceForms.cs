namespace DomainFlow.Playbooks.Places;

/// <summary>Words that tell the names of places from other names, in the languages that reports are written in.</summary>
internal static class PlaceForms
{
    public static readonly HashSet<string> Prepositions = Set(
        "in at near from around outside across off inside towards toward throughout nearby downtown bei aus nahe nach en cerca desde hacia hasta "
            + "a pres depuis vers chez a presso vicino nel nella da em no na perto te nabij bij uit");

    /// <summary>"north of", "parts of".</summary>
    public static readonly HashSet<string> PartsOf = Set(
        "north south east west northeast northwest southeast southwest parts part city town village coast outskirts people residents state province areas "
            + "district region county island capital centre center municipality norte sur este oeste cerca ciudad pueblo provincia municipio nordlich "
            + "sudlich ostlich westlich ville pres nord sud est ouest perto cidade comune citta");

    public static readonly HashSet<string> Directions = Set(
        "northern southern eastern western central north south east west northeast northwest southeast southwest greater downtown upper lower");

    /// <summary>What stands first in the name of a place.</summary>
    public static readonly HashSet<string> Before = Set(
        "lake mount mt cape fort port isle gulf bay river rio lago lac monte mont cerro volcan golfo san santa saint puerto sierra ile isla isola valle cabo "
            + "playa arroyo laguna embalse bosque meer");

    /// <summary>What stands last in the name of a place.</summary>
    public static readonly HashSet<string> After = Set(
        "county river creek lake valley island islands bay beach canyon mountain mountains park forest falls hills heights city township village district "
            + "province state region bridge dam airport station school harbor harbour coast peninsula parish borough square stadium reservoir lagoon strait gulf springs "
            + "ridge plaza mall campus gorge pass reef sound swamp marsh bayou sea ocean desert plateau volcano glacier shire see fluss gebirge");

    /// <summary>What happens to a place.</summary>
    public static readonly HashSet<string> Strikes = Set(
        "hits hit strikes struck rocks rocked rattles rattled shakes shook slams slammed batters battered devastates devastated floods flooded swamps");

    /// <summary>May follow a place without being part of it.</summary>
    public static readonly HashSet<string> FollowsPlace = Set("and or after as on in at with for from due because where while when is are was were has have");

    /// <summary>Before the name of a person.</summary>
    public static readonly HashSet<string> Titles = Set(
        "mr mrs ms miss dr prof professor sir president gov governor mayor sen senator rep minister pm premier king queen pope prince princess officer sgt "
            + "capt captain chief judge pastor father herr frau senor senora don dona monsieur madame signor signora alderman alderwoman councillor");

    /// <summary>Describe what happened and begin headlines: no names.</summary>
    public static readonly HashSet<string> Generic = Set(
        "massive heavy severe major minor deadly huge big large small new old latest live strong bad terrible horrible awful historic epic record local urgent "
            + "update updates photo photos pic pics video videos news alert alerts help please pray prayers prayer prayforthe breaking more flash wild forest "
            + "bush brush grass house super tropical emergency national global red cross water basement street road sewer storm power relief rescue donate "
            + "support volunteer state federal first second third great another a the this that my our stop no post pre anti raging historic spring summer winter");

    public static readonly HashSet<string> GermanWords = Set("und ist nicht der die das ein eine wir ich auf mit im am zum zur dem den wurde werden bitte seit");

    /// <summary>German nouns that stand behind "in", "bei", "nach" or "aus" without an article.</summary>
    public static readonly HashSet<string> GermanIdioms = Set(
        "gefahr ordnung not betrieb flammen panik sicht frage richtung zukunft anspruch brand kurze folge bezug sachen hohe hause haus regen schnee nacht tag "
            + "wasser eile angst ruhe teilen scherben stucke betracht kraft reihe mitte nahe feierabend dunkelheit tagen wochen stunden minuten monaten jahren "
            + "holz metall stein beton sturm wind hitze kalte rot grun blau bewegung arbeit schule fahrt zeit form summe");

    public static readonly string[] GermanEndings = ["ung", "ungen", "heit", "keit", "schaft", "tion", "tat", "ismus", "nis", "zeit", "fall", "unfall"];

    private static HashSet<string> Set(string words) => [.. words.Split(' ')];
}
