namespace DomainFlow.Playbooks.Times.Lexicons;

internal static class Portuguese
{
    public const string Table = """
        function: o a os as um uma uns umas e ou mas esta estao era foi ha tem de do da dos das em no na nos nas com por pelo pela para sem sobre entre desde ate
        function: que se nao meu minha nosso eu lhe muito mais ja rua avenida perto frente esquina porque quando onde como tudo ao aos
        day -2: anteontem antes_de_ontem
        day -1: ontem
        day 0: hoje
        day 1: amanha
        day 2: depois_de_amanha
        partofday 0: hoje_de_manha esta_manha hoje_pela_manha
        partofday 2: hoje_a_tarde esta_tarde
        partofday 4: hoje_a_noite esta_noite
        partofday 6: esta_madrugada hoje_de_madrugada
        partofday 104: ontem_a_noite a_noite_passada noite_passada na_noite_passada
        weekday*: domingo | segunda segunda_-_feira | terca terca_-_feira | quarta quarta_-_feira | quinta quinta_-_feira | sexta sexta_-_feira | sabado
        recurring: todos_os_dias todas_as_noites todas_as_manhas diariamente
        ordinary: mar ago set segunda terca quarta quinta sexta
        month*: x | janeiro jan | fevereiro fev | marco mar | abril abr | maio | junho jun | julho jul | agosto ago | setembro set | outubro out | novembro nov
        month 12: dezembro dez
        part 0: manha de_manha da_manha pela_manha
        part 1: meio_-_dia meio_dia
        part 2: tarde a_tarde da_tarde de_tarde
        part 4: noite a_noite da_noite de_noite
        part 5: meia_-_noite meia_noite
        part 6: madrugada da_madrugada de_madrugada
        which -1: passado passada ultimo ultima ultimos ultimas
        which 0: este esta neste nesta
        which 1: proximo proxima que_vem
        which -2: retrasado retrasada penultimo penultima
        unit 0: segundo segundos
        unit 1: minuto minutos min
        unit 2: hora horas
        unit 3: dia dias
        unit 4: noite noites
        unit 5: semana semanas
        unit 7: fim_de_semana
        unit 8: mes meses
        unit 9: ano anos
        shortunit 2: h
        number*: zero | um uma | dois duas | tres | quatro | cinco | seis | sete | oito | nove | dez | onze | doze
        number 15: quinze
        number 20: vinte
        number 30: trinta
        ordinal*: zero | primeiro primeira | segundo segunda | terceiro terceira | quarto quarta
        ordinalend: º ° ª
        lastof: ultimo ultima
        few 3: alguns algumas
        few 4: varios varias
        half: meia meio
        andhalf: e_meia e_meio
        agobefore: ha faz
        agoafter: atras
        agoatend: antes
        for: durante por desde_ha ja_faz
        inlast: nos_ultimos nas_ultimas no_ultimo na_ultima
        since: desde desde_o a_partir_de a_partir_do
        until: ate
        by: antes_de antes_do ate
        before: antes_de antes_do antes_da
        after: depois_de depois_do depois_da apos
        about: cerca_de quase mais_de aproximadamente pelo_menos uns umas
        article: o a os as
        of: de do da
        on: no na em o a
        in: em no na durante
        at: as a pelas
        and: e
        to: a ao as ate e
        between: entre entre_as
        from: de do desde das
        early: inicio_de inicio_do no_inicio_de comeco_de
        middle: meados_de meio_de em_meados_de
        late: fim_de final_de no_fim_de fim_do
        every: cada todos_os todas_as
        now: agora_mesmo atualmente neste_momento
        justnow: agora_pouco
        lately: outro_dia
        oclock: h horas hora
        athour: as pelas
        plushalf: e_meia
        plusquarter: e_quinze e_um_quarto
        minusquarter: menos_um_quarto
        season*: inverno | primavera | verao | outono
        holiday 1225: natal
        holiday 1224: vespera_de_natal
        holiday 1231: reveillon vespera_de_ano_novo
        holiday 101: ano_novo
        holiday 201000: pascoa
        holiday 200998: sexta_-_feira_santa
        holiday 200953: carnaval
        holiday 201060: corpus_christi
        holiday 1102: finados
        holiday 501: dia_do_trabalho dia_do_trabalhador
        namebefore: rua avenida av praca largo travessa escola ponte linha numero
        nameafter: rua
        datecue: em no dia desde ate data visto
        announced: sera serao previsto prevista
        biography: nasci nasceu nascido aniversario casado construido construida fundado comprei moro moramos
        hours: proibido horario aberto abertura fechado estacionar permitido placa
        wish: por_favor podem poderiam deve devem ligar consulta
        begin: comecou aconteceu caiu foi vi
        """;
}
