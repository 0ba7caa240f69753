namespace DomainFlow.Playbooks.Times.Lexicons;

internal static class Italian
{
    public const string Table = """
        function: il lo la i gli le un uno una e o ma ed di del della dei delle dello a al alla ai alle da dal dalla in nel nella con su sul sulla per tra fra che
        function: non c' e' si mi ci sono stato stata era ha hanno via piazza viale corso vicino davanti molto piu anche come quando dove questo questa nostro
        day -2: l'_altro_ieri altro_ieri ieri_l'_altro avantieri
        day -1: ieri
        day 0: oggi
        day 1: domani
        day 2: dopodomani
        partofday 0: stamattina stamani stamane questa_mattina
        partofday 2: questo_pomeriggio
        partofday 3: stasera questa_sera
        partofday 4: stanotte questa_notte
        partofday 103: ieri_sera
        partofday 104: ieri_notte la_notte_scorsa la_scorsa_notte scorsa_notte
        weekday*: domenica | lunedi | martedi | mercoledi | giovedi | venerdi | sabato
        recurring: ogni_giorno tutti_i_giorni ogni_notte ogni_sera ogni_mattina quotidianamente tutte_le_notti tutte_le_sere
        ordinary: mar ago set
        month*: x | gennaio gen | febbraio feb | marzo mar | aprile apr | maggio mag | giugno giu | luglio lug | agosto ago | settembre sett set | ottobre ott
        month 11: novembre nov
        month 12: dicembre dic
        part 0: mattina mattino di_mattina del_mattino della_mattina
        part 1: mezzogiorno
        part 2: pomeriggio del_pomeriggio
        part 3: sera di_sera della_sera
        part 4: notte di_notte della_notte
        part 5: mezzanotte
        which -1: scorso scorsa scorsi scorse passato passata ultimo ultima ultimi ultime
        which 0: questo questa
        which 1: prossimo prossima
        which -2: penultimo penultima
        unit 0: secondo secondi
        unit 1: minuto minuti min
        unit 2: ora ore
        unit 3: giorno giorni
        unit 4: notte notti
        unit 5: settimana settimane
        unit 7: fine_settimana weekend week_-_end
        unit 8: mese mesi
        unit 9: anno anni
        shortunit 2: h
        number*: zero | un uno una un' | due paio un_paio_di paio_di | tre | quattro | cinque | sei | sette | otto | nove | dieci | undici | dodici
        number 15: quindici
        number 20: venti
        number 30: trenta
        ordinal*: zero | primo prima | secondo seconda | terzo terza | quarto quarta
        ordinalend: º °
        lastof: ultimo ultima
        few 3: alcuni alcune qualche
        half: mezz' mezza mezzo
        andhalf: e_mezza e_mezzo
        agoafter: fa
        agoatend: prima
        for: da dagli dalle da_oltre
        inlast: negli_ultimi nelle_ultime nell'_ultimo nell'_ultima
        since: da dal dallo dalla dall' a_partire_da a_partire_dal
        until: fino_al fino_a
        by: entro entro_il
        before: prima_di prima_del
        after: dopo dopo_il
        about: circa quasi oltre piu_di almeno verso
        article: il lo la i gli le l'
        of: di del della dello dell'
        on: il dal del al lo a
        in: in nel a ad durante
        at: alle all' verso_le a
        and: e
        to: al a alle fino_al fino_alle e
        between: tra fra tra_le
        from: dal da dalle
        early: inizio all'_inizio_di all'_inizio_del a_inizio inizi
        middle: meta a_meta meta_di
        late: fine a_fine alla_fine_di alla_fine_del
        every: ogni tutti_i
        now: in_questo_momento attualmente
        justnow: proprio_ora
        lately: l'_altro_giorno
        oclock: ore
        athour: alle all' verso_le alle_ore ore
        plushalf: e_mezza e_mezzo
        plusquarter: e_un_quarto
        minusquarter: meno_un_quarto
        season*: inverno | primavera | estate | autunno
        holiday 1225: natale
        holiday 1224: vigilia_di_natale
        holiday 1226: santo_stefano
        holiday 1231: capodanno san_silvestro
        holiday 106: epifania befana
        holiday 201000: pasqua
        holiday 201001: pasquetta
        holiday 200998: venerdi_santo
        holiday 425: festa_della_liberazione
        holiday 501: festa_dei_lavoratori
        holiday 815: ferragosto
        holiday 1101: ognissanti
        namebefore: via viale piazza corso largo ponte scuola linea numero civico
        nameafter: via
        datecue: il dal del al data visto segnalato
        announced: sara saranno previsto prevista
        biography: nato nata compleanno sposato costruito costruita fondato comprato abito viviamo
        hours: divieto aperto apertura orario chiuso consentito sosta cartello
        wish: per_favore potete potreste deve dovete appuntamento chiamate
        begin: iniziato cominciato successo caduto visto
        """;
}
