namespace DomainFlow.Playbooks.Times.Lexicons;

internal static class Spanish
{
    public const string Table = """
        function: el la los las un una unos unas y o pero es son esta estan era fue hay ha han de del al en con por para sin sobre entre desde hasta que se no
        function: mi mis nuestro su sus yo nos lo le les muy mas ya hoy calle avenida favor cerca frente esquina porque cuando donde como todo toda tiene hace a
        day -2: anteayer antier antes_de_ayer antes_de_anoche
        day -1: ayer
        day 0: hoy
        day 1: mañana
        day 2: pasado_mañana
        partofday 0: esta_mañana hoy_por_la_mañana hoy_en_la_mañana
        partofday 1: este_mediodia hoy_al_mediodia
        partofday 2: esta_tarde
        partofday 4: esta_noche
        partofday 6: esta_madrugada
        partofday 104: anoche la_noche_pasada la_pasada_noche ayer_por_la_noche
        partofday 204: anteanoche
        weekday*: domingo dom | lunes | martes | miercoles | jueves | viernes | sabado
        recurring: domingos sabados diariamente diario semanalmente todos_los_dias todas_las_noches todas_las_mañanas todos_los_lunes todos_los_martes todos_los_miercoles
        recurring: todos_los_jueves todos_los_viernes los_lunes los_martes los_miercoles los_jueves los_viernes
        ordinary: mar ago set sept
        month 1: enero ene
        month 2: febrero feb
        month 3: marzo mar
        month 4: abril abr
        month 5: mayo
        month 6: junio jun
        month 7: julio jul
        month 8: agosto ago
        month 9: septiembre setiembre sept sep
        month 10: octubre oct
        month 11: noviembre nov
        month 12: diciembre dic
        part 0: por_la_mañana de_la_mañana en_la_mañana
        part 1: mediodia al_mediodia del_mediodia
        part 2: tarde por_la_tarde de_la_tarde en_la_tarde
        part 4: noche por_la_noche de_la_noche en_la_noche
        part 5: medianoche
        part 6: madrugada de_la_madrugada por_la_madrugada en_la_madrugada
        which -1: pasado pasada pasados pasadas ultimo ultima ultimos ultimas
        which 0: este esta estos estas
        which 1: proximo proxima que_viene
        which -2: antepasado antepasada penultimo penultima
        unit 0: segundo segundos
        unit 1: minuto minutos min
        unit 2: hora horas
        unit 3: dia dias
        unit 4: noche noches
        unit 5: semana semanas
        unit 6: quincena
        unit 7: fin_de_semana
        unit 8: mes meses
        unit 9: año años
        shortunit 2: h hrs
        number*: cero | un una uno | dos par un_par un_par_de par_de | tres | cuatro | cinco | seis | siete | ocho | nueve | diez | once | doce
        number 13: trece
        number 14: catorce
        number 15: quince
        number 20: veinte
        tens 30: treinta
        tens 40: cuarenta
        ordinal*: cero | primer primero primera | segundo segunda | tercer tercero tercera | cuarto cuarta | quinto quinta
        ordinalend: º ° ª
        lastof: ultimo ultima
        few 4: varios varias unos unas
        few 3: algunos algunas
        half: media medio
        andhalf: y_media y_medio
        agobefore: hace hara
        agoafter: atras
        agoatend: antes
        for: desde_hace llevamos llevo lleva llevan durante_los_ultimos durante_las_ultimas durante
        inlast: en_el_ultimo en_la_ultima en_los_ultimos en_las_ultimas durante_el_ultimo durante_la_ultima
        since: desde a_partir_de a_partir_del desde_el
        until: hasta hasta_el
        by: antes_de antes_del para_el a_mas_tardar
        before: antes_de antes_del
        after: despues_de despues_del tras
        about: unos unas aproximadamente alrededor_de cerca_de casi mas_de mas_o_menos por_lo_menos al_menos como
        article: el la los las
        of: de del
        on: el del al en
        in: en durante
        at: a a_las a_la sobre_las
        and: y
        to: a al hasta hasta_el a_las hasta_las y
        between: entre entre_las entre_el
        from: de desde del de_las desde_las
        early: principios_de principios_del comienzos_de inicios_de a_principios_de a_comienzos_de a_inicios_de
        middle: mediados_de mediados_del a_mediados_de
        late: finales_de finales_del fines_de a_finales_de a_fines_de
        every: cada todos_los todas_las
        now: ahora_mismo actualmente en_este_momento
        justnow: recien
        lately: el_otro_dia
        meridiem 0: am a_._m_. a_._m
        meridiem 12: pm p_._m_. p_._m
        oclock: horas hrs
        athour: a_las a_la sobre_las hacia_las
        plushalf: y_media
        plusquarter: y_cuarto
        minusquarter: menos_cuarto
        season*: invierno | primavera | verano | otoño
        holiday 1225: navidad
        holiday 1224: nochebuena
        holiday 1231: nochevieja fin_de_año
        holiday 101: año_nuevo
        holiday 106: reyes dia_de_reyes
        holiday 201000: pascua domingo_de_resurreccion domingo_de_pascua
        holiday 200998: viernes_santo
        holiday 200997: jueves_santo
        holiday 200993: domingo_de_ramos
        holiday 400002: semana_santa
        holiday 200954: miercoles_de_ceniza
        holiday 501: dia_del_trabajo dia_del_trabajador
        holiday 1012: dia_de_la_hispanidad
        holiday 1101: todos_los_santos
        holiday 1102: dia_de_muertos dia_de_los_muertos
        holiday 1206: dia_de_la_constitucion
        nameafter: calle plaza
        namebefore: calle avenida avda av plaza paseo carrera parque colegio puente barrio numero ruta linea autobus
        datecue: el del desde hasta al fecha dia visto reportado
        announced: sera seran programado programada previsto
        biography: naci nacio nacido nacida cumpleaños casado construido construida fundado fundada compre mudamos mude vivo vivimos
        hours: prohibido horario abierto abren cierran estacionar aparcar permitido permitida cartel
        wish: por_favor pueden podrian podrian_ustedes debe deben llamar llamenme cita
        begin: empezo comenzo ocurrio cayo fue vi paso rompio aparecio
        """;
}
