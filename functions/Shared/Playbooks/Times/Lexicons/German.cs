namespace DomainFlow.Playbooks.Times.Lexicons;

internal static class German
{
    public const string Table = """
        function: der die das den dem des ein eine einen einem einer eines und oder aber ist sind war waren wird wurde hat haben ich wir es er sie uns mein unser
        function: nicht kein keine auf in im am an bei beim mit von vom zu zum zur fur aus nach vor hier dort seit bis auch noch schon sehr bitte liegt steht
        function: sich wie wenn weil dass daß durch uber unter hinter neben gegenuber ecke gibt immer wieder defekt kaputt alle nur so da man
        day -2: vorgestern
        day -1: gestern
        day 0: heute
        day 1: morgen
        day 2: ubermorgen
        partofday 0: heute_morgen heute_fruh heute_vormittag heute_in_der_fruh diesen_morgen
        partofday 1: heute_mittag
        partofday 2: heute_nachmittag
        partofday 3: heute_abend
        partofday 4: heute_nacht
        partofday 104: letzte_nacht vergangene_nacht letzter_nacht vergangener_nacht in_der_letzten_nacht in_der_vergangenen_nacht
        weekday*: sonntag so_. | montag mo_. | dienstag di_. | mittwoch mi_. | donnerstag do_. | freitag fr_. | samstag sonnabend sa_.
        weekdaypart*: sonntagmorgen sonntagfruh | sonntagmittag | sonntagnachmittag | sonntagabend | sonntagnacht
        weekdaypart 10: montagmorgen montagfruh montagvormittag
        weekdaypart 11: montagmittag
        weekdaypart 12: montagnachmittag
        weekdaypart 13: montagabend
        weekdaypart 14: montagnacht
        weekdaypart 20: dienstagmorgen dienstagfruh dienstagvormittag
        weekdaypart 21: dienstagmittag
        weekdaypart 22: dienstagnachmittag
        weekdaypart 23: dienstagabend
        weekdaypart 24: dienstagnacht
        weekdaypart 30: mittwochmorgen mittwochfruh mittwochvormittag
        weekdaypart 31: mittwochmittag
        weekdaypart 32: mittwochnachmittag
        weekdaypart 33: mittwochabend
        weekdaypart 34: mittwochnacht
        weekdaypart 40: donnerstagmorgen donnerstagfruh donnerstagvormittag
        weekdaypart 41: donnerstagmittag
        weekdaypart 42: donnerstagnachmittag
        weekdaypart 43: donnerstagabend
        weekdaypart 44: donnerstagnacht
        weekdaypart 50: freitagmorgen freitagfruh freitagvormittag
        weekdaypart 51: freitagmittag
        weekdaypart 52: freitagnachmittag
        weekdaypart 53: freitagabend
        weekdaypart 54: freitagnacht
        weekdaypart 60: samstagmorgen samstagfruh samstagvormittag
        weekdaypart 61: samstagmittag
        weekdaypart 62: samstagnachmittag
        weekdaypart 63: samstagabend
        weekdaypart 64: samstagnacht
        recurring: sonntags montags dienstags mittwochs donnerstags freitags samstags werktags taglich wochentags wochentlich nachts morgens abends vormittags nachmittags
        month 1: januar janner jan
        month 2: februar feber feb
        month 3: marz mrz
        month 4: april apr
        month 5: mai
        month 6: juni jun
        month 7: juli jul
        month 8: august aug
        month 9: september sept sep
        month 10: oktober okt
        month 11: november nov
        month 12: dezember dez
        part 0: morgen morgens vormittag vormittags fruh fruhmorgens
        part 1: mittag mittags
        part 2: nachmittag nachmittags
        part 3: abend abends
        part 4: nacht nachts
        part 5: mitternacht
        which -1: letzten letzte letztem letzter letztes vergangenen vergangene vergangener vergangenes vergangenem vorigen vorige voriger voriges vorigem
        which 0: diesen diese dieser dieses diesem
        which 1: nachsten nachste nachster nachstes nachstem kommenden kommende kommender kommendes
        which -2: vorletzten vorletzte vorletzter vorletztes vorletztem
        unit 0: sekunde sekunden
        unit 1: minute minuten min
        unit 2: stunde stunden std
        unit 3: tag tage tagen tages
        unit 4: nacht nachte nachten
        unit 5: woche wochen
        unit 7: wochenende wochenenden wochenendes
        unit 8: monat monate monaten monats
        unit 9: jahr jahre jahren jahres
        shortunit 2: h std
        number*: null | ein eine einem einer einen eins | zwei zwo | drei ein_paar paar | vier | funf | sechs | sieben | acht | neun | zehn | elf | zwolf
        number 14: vierzehn
        number 15: funfzehn
        number 20: zwanzig
        number 30: dreißig dreissig
        ordinal*: nullter | ersten erste erster erstes | zweiten zweite zweiter | dritten dritte dritter | vierten vierte vierter | funften | sechsten | siebten | achten
        ordinal 9: neunten
        ordinal 10: zehnten
        ordinal 11: elften
        ordinal 12: zwolften
        ordinalend: .
        lastof: letzten letzte letzter letztes letztem
        few 3: einigen einige
        few 4: mehreren mehrere
        half: halben halbe halbes einer_halben einem_halben
        oneandhalf: anderthalb eineinhalb
        agobefore: vor
        agoafter: her
        for: seit seit_den_letzten seit_etwa
        inlast: in_den_letzten innerhalb_der_letzten wahrend_der_letzten
        since: seit ab schon_seit seit_dem
        until: bis bis_zum
        by: bis bis_spatestens spatestens
        before: vor
        after: nach
        about: etwa ca ca_. circa zirka ungefahr rund gut knapp uber fast mehr_als mindestens schon gegen guten
        article: der die das den dem des
        of: im des der
        on: am vom den dem zu an uber
        in: im in wahrend
        at: um gegen
        and: und
        to: bis bis_zum
        between: zwischen
        from: von vom
        early: anfang
        middle: mitte
        late: ende
        every: jeden jede jedes jeder
        now: gerade_eben derzeit momentan zurzeit zur_zeit
        justnow: soeben
        lately: neulich
        oclock: uhr
        athour: um gegen ab kurz_nach kurz_vor
        halfto: halb
        quarterpast: viertel_nach
        quarterto: viertel_vor dreiviertel
        minutespast: nach minuten_nach
        minutesto: vor minuten_vor
        season*: winter | fruhling fruhjahr | sommer | herbst
        holiday 1225: weihnachten weihnachtstag weihnachtsfeiertag
        holiday 1224: heiligabend heiligen_abend
        holiday 1231: silvester silvesternacht
        holiday 101: neujahr neujahrstag
        holiday 106: dreikonig dreikonigstag
        holiday 201000: ostern ostersonntag
        holiday 201001: ostermontag
        holiday 200998: karfreitag
        holiday 200997: grundonnerstag
        holiday 200952: rosenmontag
        holiday 200954: aschermittwoch
        holiday 201039: himmelfahrt christi_himmelfahrt vatertag
        holiday 201049: pfingsten pfingstsonntag
        holiday 201050: pfingstmontag
        holiday 201060: fronleichnam
        holiday 501: maifeiertag tag_der_arbeit
        holiday 1003: tag_der_deutschen_einheit
        holiday 1031: reformationstag halloween
        holiday 1101: allerheiligen
        holiday 1206: nikolaus nikolaustag
        holiday 100502: muttertag
        nameafter: straße strasse str platz weg allee gasse ring ufer brucke park
        namebefore: straße strasse platz allee hausnummer nr linie bus zimmer wohnung
        datecue: am vom seit ab bis dem den bemerkt gemeldet gesehen datum
        announced: geplant angekundigt voraussichtlich findet
        biography: geboren geburtstag verheiratet gegrundet gebaut erbaut errichtet gekauft gezogen eingezogen wohne wohnen lebe baujahr eroffnet
        hours: parkverbot halteverbot geoffnet offnungszeiten geschlossen erlaubt schild parken ruhezeit sprechzeiten
        wish: bitte konnen_sie konnten_sie sollte muss mussen rufen termin erreichbar
        begin: begann angefangen passiert war bemerkt gesehen aufgetreten gefallen gesturzt
        """;
}
