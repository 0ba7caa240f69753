namespace DomainFlow.Playbooks.Places;

/// <summary>Kinds of streets in several languages, how they are abbreviated, and on which side of the name the house number stands.</summary>
internal static class StreetTypes
{
    /// <summary>Abbreviations by folded whole word. One abbreviation may stand for several words.</summary>
    private static readonly Dictionary<string, string[]> Abbreviations = Read(
        "street=st,str,strt streets=st avenue=av,ave,aven road=rd boulevard=bd,bvd,blvd,blv,boul drive=dr,drv lane=ln court=ct place=pl square=sq highway=hwy,hway "
        + "parkway=pkwy,pky terrace=ter,terr circle=cir turnpike=tpke,tpk expressway=expy,expwy freeway=fwy extension=ext mount=mt fort=ft north=n south=s east=e "
        + "west=w northeast=ne northwest=nw southeast=se southwest=sw route=rte,rt plaza=plz,pl,pza,plza,pz heights=hts park=pk bridge=brg,br center=ctr,centre "
        + "crescent=cres,cr alley=aly,al trail=trl crossing=xing point=pt mountain=mtn creek=crk saint=st,ste sainte=ste doctor=dr "
        + "strasse=str platz=pl allee=al gasse=g sankt=st "
        + "straat=str laan=ln plein=pln weg=wg "
        + "calle=c,cl,cll avenida=av,avda,avd,avds,ave plazuela=plzla paseo=po,pso,pº carretera=ctra,crta carrera=cra,kra,cr camino=cno,cmno travesia=trv,tva "
        + "glorieta=gta ronda=rda urbanizacion=urb poligono=pol callejon=cjon carrer=c avinguda=av placa=pl,pca passeig=pg "
        + "rue=r chemin=ch,che impasse=imp faubourg=fg,fbg quai=q passage=pass "
        + "via=v viale=vle,vl,v piazza=pza,pzza,pz,p corso=cso,c largo=lgo,l vicolo=vlo,vic piazzale=ple,ple strada=str "
        + "rua=r travessa=tv,trav praca=pc,pca,pr alameda=al estrada=est,estr rodovia=rod largo=lg "
        + "ulica=ul aleja=al plac=pl");

    private static readonly HashSet<string> English = [.. ("street avenue road boulevard drive lane court place square highway parkway terrace circle turnpike expressway "
        + "freeway way alley row route crescent plaza trail close mews").Split(' ')];

    private static readonly HashSet<string> Trailing = [.. English, .. ("strasse platz weg allee gasse ring damm ufer straat laan plein kade gracht").Split(' ')];

    private static readonly HashSet<string> Germanic = [.. "strasse platz weg allee gasse ring damm ufer straat laan plein kade gracht str".Split(' ')];

    private static readonly HashSet<string> Leading = [.. ("calle avenida plaza paseo carretera carrera camino travesia glorieta ronda callejon carrer avinguda placa passeig "
        + "rue avenue boulevard place chemin impasse quai allee via viale piazza corso largo vicolo piazzale strada rua travessa praca alameda estrada rodovia "
        + "ulica aleja ul avda ctra pza c r cra kra cl").Split(' ')];

    private static readonly HashSet<string> NumberBefore = [.. "rue avenue boulevard chemin impasse quai allee r".Split(' ')];

    private static readonly string[] Compounds =
        ["strasse", "str", "platz", "weg", "gasse", "allee", "damm", "ufer", "steig", "stieg", "straat", "laan", "plein", "kade", "gracht", "singel", "dreef", "gatan",
            "vagen", "vej", "gade"];

    /// <summary>How a word of a name may be written short, folded; empty for most.</summary>
    public static IEnumerable<string> ShortForms(string word)
    {
        foreach (var form in Abbreviations.GetValueOrDefault(word) ?? [])
            yield return form;
        foreach (var (ending, form) in new[] { ("strasse", "str"), ("straat", "str"), ("platz", "pl"), ("plein", "pln"), ("laan", "ln"), ("weg", "wg"), ("allee", "al") })
        {
            if (word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal))
                yield return word[..^ending.Length] + form;
        }
    }

    /// <summary>"Hauptstraße", "Kerkstraat": folded.</summary>
    public static bool IsCompound(string word) =>
        Array.Exists(Compounds, ending => word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal))
        && !(word.EndsWith("str", StringComparison.Ordinal) && word.Length < 6);

    public static bool IsLeading(string word) => Leading.Contains(word);

    /// <summary>A type, or the short form of one, that ends a name.</summary>
    public static bool IsTrailing(string word) => Trailing.Contains(word) || (NameKey.WriteOut(word) is var whole && English.Contains(whole)) || word == "str";

    public static bool IsGermanic(string word) => Germanic.Contains(word);

    public static bool TakesNumberBefore(string leading) => NumberBefore.Contains(leading);

    /// <summary>Whether the house usually stands behind a street's name.</summary>
    /// <param name="key">Folded words, written out.</param>
    public static bool TakesNumberAfter(IReadOnlyList<string> key) =>
        key.Count > 0 && !English.Contains(key[^1]) && !NumberBefore.Contains(key[0]) && !(key[0] == "place" && key.Count > 1);

    /// <summary>Whether a name is a street's by its words.</summary>
    public static bool IsStreet(IReadOnlyList<string> key) => key.Count > 0
        && (English.Contains(key[^1]) || Germanic.Contains(key[^1]) || IsCompound(key[^1]) || (key.Count > 1 && key[0].Length > 2 && Leading.Contains(key[0])));

    private static Dictionary<string, string[]> Read(string list) =>
        list.Split(' ').Select(entry => entry.Split('=')).GroupBy(entry => entry[0]).ToDictionary(group => group.Key, group => group.SelectMany(entry => entry[1].Split(',')).ToArray());
}
