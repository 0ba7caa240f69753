using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Questions;

/// <summary>What the categories of the built-in templates are called in Spanish, German, French, Italian, Portuguese and Dutch, by category id.</summary>
internal static class CategoryNames
{
    private static readonly Dictionary<string, IReadOnlyList<string>> ById = new()
    {
        ["pothole"] = Read("bache|hoyo en la calle|schlagloch|schlaglöcher|straßenschaden|straßenschäden|nid de poule|nids de poule|buca|buche|buraco|gat in de weg|gaten in de weg"),
        ["burst_main"] = Read("rotura de tubería|tubería rota|tuberías rotas|rohrbruch|rohrbrüche|wasserrohrbruch|wasserrohrbrüche|conduite rompue|conduites rompues|tubo rotto"
            + "|cano rompido|gesprongen leiding|leidingbreuk"),
        ["water_supply"] = Read("fuga de agua|fugas de agua|fuga|wasserleck|wasserlecks|wasserverlust|fuite d'eau|fuites d'eau|fuite|perdita d'acqua|perdite d'acqua|vazamento|waterlek|lekkage"),
        ["visible_leak"] = Read("fuga visible|fuga|leck|lecks|fuite|perdita|perdite|vazamento|lek|lekkage"),
        ["flooding"] = Flood,
        ["flood"] = Flood,
        ["blocked_drain"] = Read("alcantarilla|alcantarilla atascada|desagüe|abfluss|abflüsse|kanal|kanalverstopfung|verstopfung|égout|égout bouché|tombino|tombini|fognatura|bueiro|esgoto"
            + "|riool|verstopt riool"),
        ["street_light"] = Read("farola|alumbrado|luz de calle|straßenlaterne|straßenlampe|straßenbeleuchtung|laterne|lampadaire|éclairage public|lampione|lampioni|poste de luz"
            + "|iluminação pública|straatlantaarn|straatverlichting"),
        ["traffic_signal"] = Read("semáforo|señal de tráfico|ampel|verkehrszeichen|verkehrsschild|feu de circulation|feux de circulation|feu rouge|feux rouges|semaforo|semafori|verkeerslicht|verkeersbord"),
        ["illegal_dumping"] = Read("basura tirada|vertido ilegal|vertidos ilegales|escombros|müll|sperrmüll|müllablagerung|wilder müll|dépôt sauvage|dépôts sauvages|rifiuti|discarica abusiva"
            + "|lixo|despejo ilegal|zwerfafval|afvaldumping"),
        ["missed_collection"] = Read("recogida de basura|müllabfuhr|abfallabholung|collecte des ordures|raccolta rifiuti|coleta de lixo|afvalinzameling|vuilophaal"),
        ["graffiti"] = Read("grafiti|pintada|schmiererei|vandalismus|vandalismo|pichação|pichações|scritta sui muri"),
        ["fallen_tree"] = Read("árbol caído|árboles caídos|árbol|árboles|umgestürzter baum|umgestürzte bäume|baum|bäume|arbre tombé|arbres tombés|arbre|albero caduto|alberi caduti|albero|alberi"
            + "|árvore caída|árvores caídas|árvore|omgevallen boom|omgevallen bomen|boom|bomen"),
        ["abandoned_vehicle"] = Read("coche abandonado|coches abandonados|vehículo abandonado|vehículos abandonados|schrottauto|schrottfahrzeug|voiture abandonnée|voitures abandonnées|épave"
            + "|auto abbandonata|auto abbandonate|carro abandonado|carros abandonados|autowrak"),
        ["illegal_parking"] = Read("mal estacionado|aparcamiento ilegal|falschparker|falschparken|stationnement|stationnement gênant|sosta vietata|parcheggio abusivo|estacionamento irregular|foutparkeerder"),
        ["noise"] = Read("ruido|lärm|lärmbelästigung|ruhestörung|bruit|nuisance sonore|nuisances sonores|rumore|rumori|barulho|ruído|geluidsoverlast|lawaai"),
        ["sidewalk_damage"] = Read("acera|banqueta|gehweg|gehwegschaden|gehwegschäden|bürgersteig|trottoir|marciapiede|marciapiedi|calçada|stoep"),
        ["dead_animal"] = Read("animal muerto|animales muertos|totes tier|tote tiere|tierkadaver|animal mort|animaux morts|animale morto|animali morti|animal morto|animais mortos|dood dier|dode dieren"),
        ["snow_ice"] = Read("nieve|hielo|schnee|glatteis|neige|verglas|neve|ghiaccio|gelo|sneeuw|ijzel"),
        ["fire"] = Read("incendio|fuego|brand|brände|feuer|incendie|incêndio|fogo"),
        ["power"] = Read("apagón|apagones|corte de luz|stromausfall|stromausfälle|panne de courant|blackout|stroomstoring"),
        ["road_blocked"] = Read("carretera bloqueada|carreteras bloqueadas|straßensperrung|gesperrte straße|route bloquée|routes bloquées|strada bloccata|estrada bloqueada|geblokkeerde weg"),
        ["no_water"] = Read("sin agua|corte de agua|kein wasser|pas d'eau|senz'acqua|sem água|geen water"),
        ["low_pressure"] = Read("baja presión|poca presión|niedriger druck|niederdruck|basse pression|bassa pressione|baixa pressão|lage druk"),
        ["pest"] = Read("plaga|schädling|schädlinge|ravageur|parassita|parassiti|praga|plaag"),
        ["drought"] = Read("sequía|dürre|sécheresse|siccità|seca|droogte"),
    };

    private static IReadOnlyList<string> Flood => Read("inundación|inundaciones|überschwemmung|überflutung|hochwasser|inondation|allagamento|allagamenti|alluvione|inundação|inundações|overstroming");

    /// <summary>Folded words, parted by blanks; none for a category of a domain's own.</summary>
    public static IReadOnlyList<string> Of(string categoryId) => ById.GetValueOrDefault(categoryId, []);

    private static IReadOnlyList<string> Read(string names) => [.. names.Split('|').Select(name => string.Join(' ', Words.Of(name).Select(word => word.Lower)))];
}
