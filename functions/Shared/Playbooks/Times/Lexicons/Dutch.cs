namespace DomainFlow.Playbooks.Times.Lexicons;

internal static class Dutch
{
    public const string Table = """
        function: de het een en of maar is zijn was waren wordt werd heeft hebben ik wij we het er u ons onze mijn niet geen op in aan bij met van te tot voor uit
        function: naar sinds ook nog al zeer erg graag ligt staat deze dit die dat door over onder achter naast hoek straat plein kapot omdat wanneer alle
        day -2: eergisteren
        day -1: gisteren
        day 0: vandaag
        day 1: morgen
        day 2: overmorgen
        partofday 0: vanmorgen vanochtend deze_ochtend
        partofday 2: vanmiddag
        partofday 3: vanavond
        partofday 4: vannacht
        partofday 100: gisterochtend gistermorgen
        partofday 102: gistermiddag
        partofday 103: gisteravond
        partofday 104: gisternacht afgelopen_nacht de_afgelopen_nacht vorige_nacht
        weekday*: zondag | maandag | dinsdag | woensdag | donderdag | vrijdag | zaterdag
        weekdaypart*: zondagochtend | zondagmiddag | zondagmiddag | zondagavond | zondagnacht
        weekdaypart 10: maandagochtend maandagmorgen
        weekdaypart 12: maandagmiddag
        weekdaypart 13: maandagavond
        weekdaypart 14: maandagnacht
        weekdaypart 20: dinsdagochtend dinsdagmorgen
        weekdaypart 22: dinsdagmiddag
        weekdaypart 23: dinsdagavond
        weekdaypart 24: dinsdagnacht
        weekdaypart 30: woensdagochtend woensdagmorgen
        weekdaypart 32: woensdagmiddag
        weekdaypart 33: woensdagavond
        weekdaypart 34: woensdagnacht
        weekdaypart 40: donderdagochtend donderdagmorgen
        weekdaypart 42: donderdagmiddag
        weekdaypart 43: donderdagavond
        weekdaypart 44: donderdagnacht
        weekdaypart 50: vrijdagochtend vrijdagmorgen
        weekdaypart 52: vrijdagmiddag
        weekdaypart 53: vrijdagavond
        weekdaypart 54: vrijdagnacht
        weekdaypart 60: zaterdagochtend zaterdagmorgen
        weekdaypart 62: zaterdagmiddag
        weekdaypart 63: zaterdagavond
        weekdaypart 64: zaterdagnacht
        recurring: dagelijks wekelijks werkdagen iedere_dag elke_dag elke_nacht zondags maandags zaterdags
        month*: x | januari jan | februari feb | maart mrt | april apr | mei | juni jun | juli jul | augustus aug | september sept sep | oktober okt | november nov
        month 12: december dec
        part 0: ochtend morgen 's_ochtends 's_morgens ochtends
        part 1: middaguur
        part 2: middag 's_middags middags
        part 3: avond 's_avonds avonds
        part 4: nacht 's_nachts nachts
        part 5: middernacht
        which -1: vorige vorig afgelopen laatste verleden
        which 0: deze dit
        which 1: volgende volgend komende aanstaande
        which -2: voorlaatste eervorige
        unit 0: seconde seconden
        unit 1: minuut minuten min
        unit 2: uur uren
        unit 3: dag dagen
        unit 4: nacht nachten
        unit 5: week weken
        unit 7: weekend weekeinde
        unit 8: maand maanden
        unit 9: jaar jaren
        shortunit 2: u
        number*: nul | een | twee | drie paar een_paar | vier | vijf | zes | zeven | acht | negen | tien | elf | twaalf
        number 14: veertien
        number 15: vijftien
        number 20: twintig
        number 30: dertig
        ordinal*: nulde | eerste | tweede | derde | vierde | vijfde
        ordinalend: e ste de
        lastof: laatste
        few 3: enkele
        few 4: meerdere
        half: half halve een_half een_halve
        oneandhalf: anderhalf anderhalve
        agoafter: geleden terug
        agoatend: eerder
        for: al al_meer_dan sinds
        inlast: in_de_afgelopen in_de_laatste in_het_afgelopen de_afgelopen
        since: sinds vanaf sedert
        until: tot tot_en_met
        by: voor uiterlijk
        before: voor
        after: na
        about: ongeveer circa ca bijna ruim meer_dan minstens rond zo'_n
        article: de het
        of: van in
        on: op van met
        in: in tijdens
        at: om rond
        and: en
        to: tot en t/m tot_en_met
        between: tussen
        from: van vanaf
        early: begin
        middle: half midden
        late: eind einde
        every: elke iedere elk ieder
        now: op_dit_moment momenteel
        justnow: zojuist
        lately: onlangs_op
        oclock: uur u
        athour: om rond
        halfto: half
        quarterpast: kwart_over
        quarterto: kwart_voor
        minutespast: over minuten_over
        minutesto: voor minuten_voor
        season*: winter | lente voorjaar | zomer | herfst najaar
        holiday 1225: kerst kerstmis eerste_kerstdag
        holiday 1226: tweede_kerstdag
        holiday 1224: kerstavond
        holiday 1231: oudjaar oudejaarsavond oud_en_nieuw
        holiday 101: nieuwjaar nieuwjaarsdag
        holiday 201000: pasen eerste_paasdag
        holiday 201001: paasmaandag tweede_paasdag
        holiday 200998: goede_vrijdag
        holiday 427: koningsdag
        holiday 505: bevrijdingsdag
        holiday 201039: hemelvaart hemelvaartsdag
        holiday 201049: pinksteren
        holiday 201050: pinkstermaandag
        holiday 1205: sinterklaas pakjesavond
        namebefore: straat plein laan weg lijn bus nummer
        nameafter: straat plein laan weg brug
        datecue: op sinds vanaf tot datum gezien gemeld van
        announced: zal zullen gepland
        biography: geboren verjaardag getrouwd gebouwd opgericht gekocht verhuisd woon wonen
        hours: open geopend openingstijden gesloten parkeerverbod toegestaan bord parkeren
        wish: graag kunt_u kunnen_jullie moet moeten afspraak bel
        begin: begon gebeurd gevallen gezien was
        """;
}
