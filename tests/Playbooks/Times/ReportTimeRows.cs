namespace DomainFlow.Playbooks.Tests.Times;

/// <summary>Tables of id, language and country, time, text. A time is a day, a minute or first and last day; nothing where the text tells no time.</summary>
internal static class ReportTimeRows
{
    public const string Real = """
        T01 | de | | Hier liegt Sperrmüll am Rheinufer
        T02 | de | 2026-09-03 | In der Hauptstraße ist hier eine Laterne defekt, bemerkt am 03.09.2026
        T03 | de | | Vor Hauptstraße 8 am Zebrastreifen
        T06 | us | | A tree is leaning and may fall
        T07 | us | | Pothole at the corner of May Street and Mill Street
        T10 | us | | Alarm is ringing 24/7
        T11 | us | | A 1/2 inch gap in the pavement
        T11 | us | | It covers 2/3 of the road
        T11 | us | | Leak in unit 3/12
        T11 | us | | The gap is about 1.5. Please repair
        T13 | uk | 2026-09-03 | Pothole noticed 2026/09/03
        T13 | us | 2024-09-03 | Pothole noticed 2024/09/03
        T15 | us | 2022-01-09T06:43 | Closed date : Sun Jan 09 06:43:06 EST 2022
        T17 | us | 2026-09-07/2026-09-13 | The hole appeared in 2026-W37
        T18 | us | 2026-09-08 | noticed on Tuesday of last week
        T19 | us | 2026-08-28 | broken since the last Friday of August
        T20 | us | 2026-09-03 | seen on the 3rd of this month
        T20 | us | 2026-08-03 | seen on the 3rd of last month
        T21 | us | 2026-09-07 | it broke a week ago on Monday
        T21 | us | 2026-09-07 | it broke last week on Monday
        T24 | us | 2026-09-17T00:00 | noise on 2026-09-16 at 24:00
        T25 | us | 2026-09-17T22:00 | noise between 10pm and 2am last night
        T25 | us | 2026-09-17T18:00 | loud music yesterday 6-8pm
        T26 | us | 2026-09-17T20:45 | it fell yesterday at quarter to nine in the evening
        T26 | us | 2026-09-18T06:30 | the alarm rang at half past six
        T26 | us | 2026-09-17T19:30 | flooded yesterday at 1930 hrs
        T30 | us | 2026-09-11 | it broke 1w ago
        T30 | us | 2026-09-15 | it broke 3d ago
        T30 | us | 2026-09-18T14:00 | it broke 2h ago
        T30 | us | 2026-09-18T14:00 | it broke 2hrs ago
        T31 | us | 2026-09-14 | the tree fell on the 14th
        T31 | us | 2026-09-04 | the tree fell a fortnight ago
        T31 | us | 2026-09-03 | the tree fell 09-03-2026
        T31 | de | 2026-03-09 | gemeldet am 09-03-2026
        T31 | us | 2026-09-03 | the tree fell September third
        T33 | de | 2026-09-04 | Die Lampe ist vor zwei Wochen ausgefallen
        T33 | de | 2026-09-15 | Der Baum fiel letztem Dienstag um
        T33 | de | 2026-09-14 | Der Baum fiel am Montag um
        T33 | de | 2026-05-12 | Der Baum fiel am 12. Mai 2026 um
        T33 | de | 2026-09-18T08:00 | heute früh kein Wasser
        T33 | de | 2026-09-17T22:00 | letzte Nacht war es sehr laut
        T33 | de | 2026-09-15 | vor 3 Tagen ist ein Rohr geplatzt
        T34 | es | 2026-09-17T20:00 | Se rompió la tubería anoche a las 8
        T34 | es | 2026-09-18T15:30 | Se rompió la tubería hace 30 minutos
        T34 | es | 2026-09-07/2026-09-13 | Se rompió la tubería la semana pasada
        T34 | es | 2026-09-03 | Se rompió la tubería el 3 de septiembre de 2026
        T33 | th | 2026-09-18 | วันนี้น้ำไม่ไหล
        T33 | th | 2026-09-17 | เมื่อวานถนนพัง
        T33 | th | 2026-09-18T19:00 | ไฟดับเมื่อ 2 ชั่วโมงที่แล้ว
        T33 | th | 2026-09-15 | ถนนพังเมื่อ 3 วันก่อน
        T33 | th | 2026-09-17T22:00 | เมื่อคืนน้ำท่วมถนน
        T33 | th | 2026-09-07/2026-09-13 | น้ำไม่ไหลตั้งแต่สัปดาห์ที่แล้ว
        T37 | us | 2026-09-18 | I was born on 5 March 1961 and have lived here all my life. There is no water today.
        T39 | us | 2026-09-15 | It broke last Tuesday
        T39 | us | 2026-09-04 | It broke 2.0 weeks ago
        T39 | us | 2026-09-16 | It broke the day before yesterday
        T39 | us | 2026-09-17T19:00 | It broke yesterday evening
        T39 | us | 2026-09-18T12:00 | The siren rang at midday
        T39 | us | 2026-09-18T12:00 | The siren rang around noon
        T39 | us | 2026-09-18T00:00 | The siren rang at midnight
        """;

    public const string English = """
        | us | 2026-09-08 | It happened Tuesday last week
        | us | 2026-09-08 | Last week's Tuesday collection was missed
        | us | 2026-09-01 | It broke two weeks ago on Tuesday
        | us | 2026-09-07 | The first Monday of September it flooded
        | us | 2026-09-07 | Broken since Labor Day
        | us | 2025-12-25 | Dark since Christmas
        | us | 2026-04-05 | The lamp went out on Easter Sunday
        | us | 2026-04-03 | The lamp went out on Good Friday
        | us | 2025-11-27 | The fence fell on Thanksgiving
        | us | 2026-05-25 | Broken since Memorial Day
        | us | 2026-07-04 | Firework damage on the 4th of July
        | us | 2025-12-26 | The pipe froze the day after Christmas
        | us | 2026-04-01/2026-04-10 | the water has been brown since early April
        | us | 2026-08-20/2026-08-31 | It started in late August
        | us | 2026-08-20/2026-08-31 | It started at the end of last month
        | us | 2026-09-07/2026-09-09 | It started early last week
        | us | 2026-08-10/2026-08-22 | The hole appeared mid-August
        | us | 2026-08-31/2026-09-06 | It broke the week before last
        | us | 2026-09-18T15:30 | the truck hit the pole half an hour ago
        | us | 2026-09-18T14:30 | the truck hit the pole an hour and a half ago
        | us | 2026-09-18T14:30 | the truck hit the pole one and a half hours ago
        | us | 2025-09-18 | This has been broken for over a year
        | us | 2026-09-11 | broken for about a week
        | us | 2026-09-16 | broken for more than two days
        | us | 2026-09-15/2026-09-16 | It was hit 2-3 days ago
        | us | 2026-08-28 | It was hit three weeks ago
        | us | 2026-07-18 | It was hit two months ago
        | us | 2026-09-17T21:15 | the alarm rang last night at 9:15
        | us | 2026-09-17T23:00 | shouting late last night at 11 pm
        | us | 2026-09-18T01:30 | shouting at 1:30 am last night
        | us | 2026-09-18T07:15 | crash at a quarter past seven this morning
        | us | 2026-09-18T15:50 | crash today at ten to four in the afternoon
        | us | 2026-09-17T09:00 | crash yesterday at nine o'clock
        | us | 2026-09-17T20:00 | crash at 8 in the evening yesterday
        | us | 2026-09-16T14:05 | Pressure dropped on 9/16 at 14:05
        | us | 2026-09-16T14:05 | Pressure dropped 16 Sep 2026 14:05
        | us | 2026-09-16T10:05 | Pressure dropped 2026-09-16T14:05:00Z
        | us | 2026-09-16T08:05 | Pressure dropped 2026-09-16T14:05:00.123+02:00
        | us | 2026-09-16T08:05 | Pressure dropped Wed, 16 Sep 2026 14:05:00 +0200
        | us | 2026-09-16T14:05 | Pressure dropped 2026-09-16 14:05-15:30
        | us | 2026-09-16 | Seen 16-Sep-2026
        | us | 2026-09-16 | Seen Wednesday, September 16th, 2026
        | us | 2026-09-16 | Seen on the sixteenth of September
        | us | 2026-08-21 | Seen August twenty-first
        | us | 2026-08-21 | Seen Aug. 21
        | us | 2026-05-05 | Seen on May 5th
        | us | 2026-05-01/2026-05-31 | It was dumped in May
        | us | 2026-09-05 | A fair on September 5-7 left rubbish
        | us | 2026-09-05 | between 5 and 7 September the road flooded
        | us | 2026-09-01 | flooded between Sept 1 and Sept 4
        | us | 2026-09-14 | no water from Monday to Wednesday
        | us | 2026-06-01/2026-08-31 | sprayed along the fence this summer
        | us | 2026-09-12/2026-09-13 | the light was out all weekend
        | us | 2026-09-12/2026-09-13 | dumped over the weekend
        | us | 2026-09-19 | The street will be closed on Saturday
        | us | 2026-10-03 | Work is scheduled for October 3rd
        | us | 2025-10-01/2025-10-31 | The notice was posted in October of last year
        | us | 2025-10-03 | The notice was posted on October 3rd of last year
        | us | 2026-09-17T22:00 | plows went by last night
        | us | 2026-09-01/2026-09-10 | No water since the beginning of the month
        | us | 2026-09-07/2026-09-13 | No water the week of September 7
        | us | 2026-09-08 | No water on Tuesday the 8th
        | us | 2026-08-03 | No water last month on the 3rd
        | us | 2026-09-13 | No water since a week ago Sunday, I think
        | us | 2026-09-12T22:00 | Shouting the night of September 12th
        | us | 2026-09-16T22:00 | Noise from 22:00 on 16 September until 03:00 on 17 September
        | us | 2026-09-17 | Yesterday's storm broke the branch
        | us | 2026-09-17T18:00 | Today I write about yesterday 6pm to 8pm
        | us | 2026-08-31 | broken since the last day of August
        | us | 2026-09-06 | the party was on the first Sunday in September
        | us | 2026-09-15 | Please look: a branch fell on Tuesday
        | uk | 2026-09-03 | The bin was missed on 3/9/2026
        | us | 2026-09-03 | The bin was missed on 9/3/2026
        | us | 2026-09-03 | The bin was missed on 9/3/26
        | uk | 2026-08-28 | The bin was missed three Fridays ago, on 28.08.2026
        | uk | 2026-09-18T08:30 | The bin was missed at 08.30 am
        """;

    public const string Others = """
        | de | 2026-09-17 | Gestern ist der Baum umgestürzt
        | de | 2026-09-16 | Vorgestern ist der Baum umgestürzt
        | de | 2026-09-17T08:00 | Gestern Morgen ist der Baum umgestürzt
        | de | 2026-09-17T19:00 | Gestern Abend ist der Baum umgestürzt
        | de | 2026-09-14T19:00 | Am Montagabend ist der Baum umgestürzt
        | de | 2026-09-18T07:30 | Heute um halb acht war der Strom weg
        | de | 2026-09-17T20:15 | Gestern um Viertel nach acht abends war der Strom weg
        | de | 2026-09-17T19:30 | Gestern um 19.30 Uhr war der Strom weg
        | de | 2026-09-17T20:00 | Gestern um 8 Uhr abends war der Strom weg
        | de | 2026-09-18T14:00 | Der Strom ist vor zwei Stunden ausgefallen
        | de | 2026-09-18T15:30 | Der Strom ist vor einer halben Stunde ausgefallen
        | de | 2026-09-15 | Die Laterne ist seit drei Tagen kaputt
        | de | 2026-09-14 | Die Laterne ist seit Montag kaputt
        | de | 2026-09-07/2026-09-13 | Letzte Woche wurde hier Müll abgeladen
        | de | 2026-09-08 | Letzte Woche am Dienstag wurde hier Müll abgeladen
        | de | 2026-08-01/2026-08-31 | Letzten Monat wurde hier Müll abgeladen
        | de | 2026-08-20/2026-08-31 | Ende August wurde hier Müll abgeladen
        | de | 2026-08-28 | Am letzten Freitag im August wurde hier Müll abgeladen
        | de | 2026-09-03 | Am 3. September wurde hier Müll abgeladen
        | de | 2026-09-03 | Am 3. dieses Monats wurde hier Müll abgeladen
        | de | 2026-09-03 | Am 3.9. wurde hier Müll abgeladen
        | de | 2026-09-14 | Am 14. wurde hier Müll abgeladen
        | de | 2026-09-05 | Vom 5. bis 7. September war die Straße gesperrt
        | de | 2026-04-06 | Die Laterne ist seit Ostermontag kaputt
        | de | 2025-12-31 | Die Laterne ist seit Silvester kaputt
        | de | 2026-09-12/2026-09-13 | Am Wochenende wurde hier Müll abgeladen
        | de | 2026-09-17T22:00 | Heute Nacht wurde hier Müll abgeladen
        | de | 2026-09-16/2026-09-17 | In den letzten zwei Tagen kam kein Wasser
        | de | 2025-10-01/2025-10-31 | Im Oktober letzten Jahres fiel hier ein Baum um
        | es | 2025-10-01/2025-10-31 | En octubre del año pasado se cayó un árbol
        | es | 2026-09-17 | Ayer se cayó un árbol
        | es | 2026-09-16 | Anteayer se cayó un árbol
        | es | 2026-09-17T15:00 | Ayer por la tarde se cayó un árbol
        | es | 2026-09-18T08:00 | Esta mañana se cayó un árbol
        | es | 2026-09-18T08:30 | Hoy a las ocho y media de la mañana se cayó un árbol
        | es | 2026-09-17T20:45 | Ayer a las nueve menos cuarto de la noche se cayó un árbol
        | es | 2026-09-17T15:00 | Ayer a las 3 de la tarde se cayó un árbol
        | es | 2026-09-15 | El árbol se cayó hace tres días
        | es | 2026-09-04 | No hay agua desde hace dos semanas
        | es | 2026-09-15 | El martes pasado se cayó un árbol
        | es | 2026-09-14 | El lunes se cayó un árbol
        | es | 2026-09-08 | El martes de la semana pasada se cayó un árbol
        | es | 2026-08-01/2026-08-31 | El mes pasado se cayó un árbol
        | es | 2026-08-28 | El último viernes de agosto se cayó un árbol
        | es | 2026-09-03 | El 3 de septiembre se cayó un árbol
        | es | 2026-08-03 | El 3 del mes pasado se cayó un árbol
        | es | 2026-09-14 | El día 14 se cayó un árbol
        | es | 2026-04-01/2026-04-11 | No hay agua desde principios de abril
        | es | 2026-04-03 | No hay agua desde el Viernes Santo
        | es | 2026-09-12/2026-09-13 | El fin de semana se cayó un árbol
        | es | 2026-09-18T15:30 | La tubería se rompió hace media hora
        | es | 2026-09-18T14:30 | La tubería se rompió hace una hora y media
        | es | 2026-09-05 | Del 5 al 7 de septiembre no hubo agua
        | fr | 2026-09-17 | Hier, un arbre est tombé dans la rue
        | fr | 2026-09-16 | Avant-hier, un arbre est tombé dans la rue
        | fr | 2026-09-18 | Il n'y a pas d'eau aujourd'hui
        | fr | 2026-09-15 | L'arbre est tombé il y a trois jours
        | fr | 2026-09-18T15:30 | L'arbre est tombé il y a une demi-heure
        | fr | 2026-09-07/2026-09-13 | L'arbre est tombé la semaine dernière
        | fr | 2026-09-15 | L'arbre est tombé mardi dernier
        | fr | 2026-09-03 | L'arbre est tombé le 3 septembre
        | fr | 2026-09-17T19:30 | L'arbre est tombé hier à 19h30
        | fr | 2026-09-17T20:00 | L'arbre est tombé hier à 8 heures du soir
        | fr | 2025-12-25 | Le lampadaire est en panne depuis Noël
        | fr | 2025-09-18 | Le lampadaire est en panne depuis plus d'un an
        | it | 2026-09-17 | Ieri è caduto un albero sulla strada
        | it | 2026-09-17T19:00 | Ieri sera è caduto un albero sulla strada
        | it | 2026-09-15 | L'albero è caduto tre giorni fa
        | it | 2026-09-15 | L'albero è caduto martedì scorso
        | it | 2026-09-07/2026-09-13 | L'albero è caduto la settimana scorsa
        | it | 2026-09-03 | L'albero è caduto il 3 settembre 2026
        | it | 2026-09-17T20:30 | L'albero è caduto ieri alle otto e mezza di sera
        | it | 2026-08-15 | Il lampione è spento da Ferragosto
        | pt | 2026-09-17 | Ontem caiu uma árvore na rua
        | pt | 2026-09-17T22:00 | Ontem à noite caiu uma árvore na rua
        | pt | 2026-09-15 | A árvore caiu há três dias
        | pt | 2026-09-07/2026-09-13 | A árvore caiu na semana passada
        | pt | 2026-09-14 | A árvore caiu na segunda-feira
        | pt | 2026-09-03 | A árvore caiu em 3 de setembro de 2026
        | nl | 2026-09-17 | Gisteren is er een boom omgevallen
        | nl | 2026-09-17T19:00 | Gisteravond is er een boom omgevallen
        | nl | 2026-09-15 | Drie dagen geleden is er een boom omgevallen
        | nl | 2026-09-07/2026-09-13 | Vorige week is er een boom omgevallen
        | nl | 2026-09-15 | Afgelopen dinsdag is er een boom omgevallen
        | nl | 2026-09-18T07:30 | Vandaag om half acht is er een boom omgevallen
        | nl | 2026-09-03 | Op 3 september is er een boom omgevallen
        | th | 2026-09-17 | เมื่อวานนี้มีต้นไม้ล้ม
        | th | 2026-09-16 | เมื่อวานซืนมีต้นไม้ล้ม
        | th | 2026-09-18T08:00 | เมื่อเช้านี้น้ำไม่ไหล
        | th | 2026-09-18T20:30 | ไฟดับเมื่อ 30 นาทีที่แล้ว
        | th | 2026-08-01/2026-08-31 | ถนนพังตั้งแต่เดือนที่แล้ว
        | th | 2026-05-12 | ถนนพังเมื่อวันที่ 12 พฤษภาคม 2569
        | th | 2026-09-17T14:30 | ไฟดับเมื่อวานเวลา 14.30 น.
        | th | 2026-09-14 | ไฟดับตั้งแต่วันจันทร์
        | th | 2026-09-15 | ไฟดับเมื่อ ๓ วันก่อน
        """;

    public const string None = """
        | us | | The line is out of order, please call 555-0142
        | us | | Please fix it by Friday
        | us | | Please repair this before Monday
        | us | | The sign says No Parking 8am-6pm
        | us | | The shop is open 9:00-17:00 every day
        | us | | every day 9:00-17:00
        | us | | Open Mon-Fri 8am-5pm
        | us | | The trucks park here every Tuesday
        | us | | Loud music each night
        | us | | He parks there on Sundays
        | us | | My birthday is 5 March 1961
        | us | | The house was built in 1920
        | us | | We bought the house in May 2003
        | us | | Can you come on Monday
        | us | | I will be at home, please call me tomorrow
        | us | | One second please, I may go on
        | us | | The road may flood and we may march against it
        | us | | It stands between 5 and 7 feet
        | us | | The pipe is 3/4 inch and 1/2 is gone
        | us | | Version 1.2.3 of the app crashes
        | us | | Apartment 12/4 has no heating
        | us | | The ratio is 3:1
        | us | | The score was 24/7/365
        | us | | Platform 9/10 is dirty
        | us | | Pothole at 12 March Road
        | us | | The trees on August Avenue are sick
        | us | | The Friday Market leaves rubbish
        | us | | A dead deer near June Lake
        | us | | I saw it at 8 Mill Street
        | us | | The bus 10 to 4 Mile Road is late
        | us | | about 10 to 12 people were there
        | us | | He lives on the 14th floor
        | us | | The 3rd house on the left is empty
        | us | | At 5 the road narrows to 3 lanes wide
        | us | | The Christmas tree lies on the kerb
        | us | | Somebody broke the Easter eggs display
        | us | | It will take for years to come
        | us | | The sun is in my eyes and I sat down
        | us | | We wed the two pipes in a second step
        | us | | The second tree fell into the first
        | us | | Let's get this handled today
        | us | | It has been like this for the past few years
        | us | | The fall broke my hip
        | us | | It is noisy on weekdays
        | us | | Tuesday of the week of the fair
        | us | | three days before the storm
        | us | | the Friday before the flood
        | us | | Pressure 12.10 and 13.50 bar
        | us | | Call between 9 and 5 Monday to Friday
        | us | | Serial 20260903123456789012345678901234567890
        | us | | Road number 2025 is blocked
        | us | | Route 66 and highway 101
        | us | | The water is 30 minutes away
        | us | | 3 days of work are needed
        | us | | The permit expired, 100/50 rule
        | us | | It costs $10.30 for 12 hours of parking
        | us | | Meter 12:345 reads 99:99
        | de | | Hier ist am Ufer der Weg kaputt
        | de | | Das Auto steht immer sonntags auf dem Gehweg
        | de | | Das Loch am Platz des 18. März ist tief
        | de | | Bitte bis Freitag reparieren
        | de | | Im Haus Nr. 12/3 brennt kein Licht
        | de | | Vor dem Haus 7 liegt ein Rad
        | de | | Parkverbot 8-18 Uhr steht auf dem Schild
        | de | | Ich bin am 5. März 1961 geboren
        | de | | In der 3. Etage ist es dunkel
        | de | | Die Ampel mit der Nummer 4.12 blinkt
        | es | | El bache está en la calle 5 de Mayo
        | es | | Hay un hoyo en la avenida 9 de Julio
        | es | | Por favor arreglen la luz antes del viernes
        | es | | Nací el 5 de marzo de 1961
        | es | | La mañana no importa, hay 24/7 ruido
        | es | | Va a las 8 casas de la esquina
        | fr | | Le trou est rue du 8 Mai
        | fr | | Il y a un trou dans la rue
        | fr | | Veuillez réparer avant vendredi
        | it | | La buca è in via 4 Novembre
        | it | | Da due lati manca il marciapiede
        | pt | | O buraco fica na rua 25 de Abril
        | nl | | Graag voor vrijdag repareren
        | th | | ถนนนี้มีหลุม
        """;
}
