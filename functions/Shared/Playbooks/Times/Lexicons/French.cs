namespace DomainFlow.Playbooks.Times.Lexicons;

internal static class French
{
    public const string Table = """
        function: le la les un une des et ou mais est sont etait a ont de du d' l' au aux en dans avec pour par sans sur sous entre depuis qui que qu' ne n' pas
        function: je nous il elle on y mon notre ma ce cette c' tres plus deja rue avenue place pres devant derriere angle quand comme tout toute se s' svp merci
        day -2: avant_-_hier avant_hier
        day -1: hier
        day 0: aujourd'_hui aujourdhui
        day 1: demain
        day 2: apres_-_demain
        partofday 0: ce_matin
        partofday 1: ce_midi
        partofday 2: cet_apres_-_midi cette_apres_-_midi cet_apres_midi
        partofday 3: ce_soir
        partofday 4: cette_nuit
        partofday 104: la_nuit_derniere la_nuit_passee
        weekday*: dimanche | lundi | mardi | mercredi | jeudi | vendredi | samedi
        recurring: tous_les_jours chaque_jour quotidiennement tous_les_lundis tous_les_soirs toutes_les_nuits tous_les_matins lundis mardis mercredis jeudis vendredis samedis
        recurring: dimanches
        ordinary: mars
        month 1: janvier janv
        month 2: fevrier fevr
        month 3: mars
        month 4: avril avr
        month 5: mai
        month 6: juin
        month 7: juillet juil
        month 8: aout
        month 9: septembre sept
        month 10: octobre oct
        month 11: novembre nov
        month 12: decembre dec
        part 0: matin du_matin au_matin matinee
        part 1: midi
        part 2: apres_-_midi de_l'_apres_-_midi dans_l'_apres_-_midi apres_midi
        part 3: soir du_soir au_soir soiree
        part 4: nuit de_la_nuit dans_la_nuit
        part 5: minuit
        which -1: dernier derniere derniers dernieres passe passee
        which 0: ce cette cet
        which 1: prochain prochaine
        which -2: avant_-_dernier avant_-_derniere
        unit 0: seconde secondes
        unit 1: minute minutes min
        unit 2: heure heures
        unit 3: jour jours
        unit 4: nuit nuits
        unit 5: semaine semaines
        unit 6: quinzaine quinze_jours
        unit 7: week_-_end weekend
        unit 8: mois
        unit 9: an ans annee annees
        shortunit 2: h
        shortunit 1: min mn
        number*: zero | un une | deux | trois | quatre | cinq | six | sept | huit | neuf | dix | onze | douze
        number 14: quatorze
        number 15: quinze
        number 20: vingt
        number 30: trente
        ordinal*: zero | premier premiere 1er | deuxieme | troisieme | quatrieme
        ordinalend: er e eme
        lastof: dernier derniere
        few 3: quelques
        few 4: plusieurs
        half: demi demie demi_- une_demi_- une_demi
        andhalf: et_demi et_demie
        agobefore: il_y_a y_a
        agoatend: plus_tot auparavant
        for: depuis cela_fait ca_fait ces pendant
        inlast: au_cours_des au_cours_du dans_les
        since: depuis a_partir_du a_compter_du depuis_le
        until: jusqu'_au jusqu'_a
        by: avant avant_le d'_ici
        before: avant avant_le
        after: apres apres_le
        about: environ presque plus_de plus_d' pres_de au_moins vers quelque
        article: le la les l'
        of: de du d' de_la de_l'
        on: le du au a
        in: en dans pendant
        at: a vers au
        and: et
        to: a au jusqu'_au jusqu'_a et
        between: entre
        from: de du
        early: debut
        middle: mi_- mi milieu
        late: fin
        every: chaque tous_les toutes_les
        now: en_ce_moment actuellement
        justnow: a_l'_instant
        lately: l'_autre_jour
        oclock: h heures heure
        athour: a vers
        plushalf: et_demie et_demi
        plusquarter: et_quart
        minusquarter: moins_le_quart moins_quart
        season*: hiver | printemps | ete | automne
        holiday 1225: noel
        holiday 1224: reveillon
        holiday 1231: saint_-_sylvestre
        holiday 101: nouvel_an jour_de_l'_an
        holiday 201000: paques
        holiday 201001: lundi_de_paques
        holiday 200998: vendredi_saint
        holiday 201039: ascension
        holiday 201049: pentecote
        holiday 201050: lundi_de_pentecote
        holiday 501: fete_du_travail
        holiday 714: fete_nationale
        holiday 815: assomption
        holiday 1101: toussaint
        holiday 1111: armistice
        namebefore: rue avenue av boulevard place quai pont ecole ligne bus numero batiment
        nameafter: rue
        datecue: le du depuis au jusqu'_au vu constate signale date des
        announced: sera seront prevu prevue
        biography: ne nee naissance anniversaire marie construit construite fonde fondee achete emmenage habite
        hours: ouvert ouverture horaires ferme interdit stationnement autorise panneau
        wish: veuillez pouvez_-_vous pourriez_-_vous svp s'_il_vous_plait doit devez appelez rendez_-_vous
        begin: commence debute arrive tombe vu constate survenu casse
        """;
}
