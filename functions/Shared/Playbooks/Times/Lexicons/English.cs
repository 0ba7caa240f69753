namespace DomainFlow.Playbooks.Times.Lexicons;

internal static class English
{
    public const string Table = """
        function: the a an and or but is are was were be been has have had it its i we my our you your they there this that these with of to in on at for from by
        function: not no near please since still when where which who what out off up down all some any very can could will would should may might do does did
        function: he she his her their them us me as if so into over under after before because about also just then than again too only one
        day -2: day_before_yesterday the_day_before_yesterday
        day -1: yesterday yday
        day 0: today
        day 1: tomorrow
        day 2: day_after_tomorrow the_day_after_tomorrow
        partofday 0: this_morning
        partofday 1: this_noon
        partofday 2: this_afternoon
        partofday 3: this_evening
        partofday 4: tonight this_night
        partofday 104: last_night
        partofday 103: last_evening
        partofday 204: night_before_last the_night_before_last
        weekday*: sunday sun | monday mon | tuesday tue tues | wednesday wed | thursday thu thur thurs | friday fri | saturday sat
        recurring: sundays mondays tuesdays wednesdays thursdays fridays saturdays weekdays weekends daily nightly hourly weekly mornings evenings nights afternoons
        ordinary: may march mar sun sat wed
        month 1: january jan
        month 2: february feb
        month 3: march mar
        month 4: april apr
        month 5: may
        month 6: june jun
        month 7: july jul
        month 8: august aug
        month 9: september sep sept
        month 10: october oct
        month 11: november nov
        month 12: december dec
        part 0: morning am_hours forenoon
        part 1: noon midday noontime
        part 2: afternoon
        part 3: evening
        part 4: night overnight
        part 5: midnight
        part 6: small_hours early_hours wee_hours
        which -1: last past previous this_past
        which 0: this current
        which 1: next coming this_coming upcoming
        which -2: before_last
        unit 0: second seconds secs
        unit 1: minute minutes min mins
        unit 2: hour hours hr hrs
        unit 3: day days
        unit 4: night nights
        unit 5: week weeks wk wks
        unit 6: fortnight fortnights
        unit 7: weekend
        unit 8: month months mos
        unit 9: year years yr yrs
        shortunit 1: m min
        shortunit 2: h hr
        shortunit 3: d
        shortunit 5: w wk
        shortunit 8: mo
        shortunit 9: y yr
        number*: zero | one a an | two couple couple_of a_couple a_couple_of | three | four | five | six | seven | eight | nine | ten | eleven | twelve
        number 13: thirteen
        number 14: fourteen
        number 15: fifteen
        number 16: sixteen
        number 17: seventeen
        number 18: eighteen
        number 19: nineteen
        tens 20: twenty
        tens 30: thirty
        tens 40: forty
        tens 50: fifty
        ordinal*: zeroth | first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth | eleventh | twelfth | thirteenth | fourteenth | fifteenth
        ordinal 16: sixteenth
        ordinal 17: seventeenth
        ordinal 18: eighteenth
        ordinal 19: nineteenth
        ordinal 20: twentieth
        ordinal 30: thirtieth
        ordinalend: st nd rd th
        lastof: last final
        few 3: few a_few
        few 4: several
        half: half half_a half_an
        andhalf: and_a_half and_half
        agoafter: ago back
        agoatend: earlier before prior
        for: for for_the
        inlast: in_the_last in_the_past over_the_last over_the_past within_the_last within_the_past during_the_last during_the_past in_last in_past over_past
        since: since ever_since as_of starting beginning starting_on beginning_on
        until: until till up_to
        by: by no_later_than due due_on
        before: before prior_to
        after: after following
        about: about around approximately approx circa ca roughly almost nearly over more_than at_least just_over well_over some exactly just about_a_good a_good
        article: the
        of: of in
        on: on
        in: in during
        at: at
        and: and
        to: to through thru until till
        between: between
        from: from
        early: early beginning_of the_beginning_of start_of the_start_of the_early_part_of
        middle: mid mid_- middle_of the_middle_of
        late: late end_of the_end_of
        every: every each
        now: right_now at_the_moment currently at_this_moment
        justnow: just_now
        lately: the_other_day
        meridiem 0: am a_._m_. a_._m
        meridiem 12: pm p_._m_. p_._m
        oclock: o'_clock oclock hrs hours
        athour: at around about by @ ~
        halfpast: half_past
        quarterpast: quarter_past quarter_after a_quarter_past a_quarter_after
        quarterto: quarter_to quarter_till quarter_before quarter_of a_quarter_to
        minutespast: past after minutes_past minutes_after
        minutesto: to till minutes_to minutes_before
        season*: winter | spring | summer | autumn fall
        holiday 1225: christmas christmas_day xmas xmas_day
        holiday 1224: christmas_eve xmas_eve
        holiday 1226: boxing_day
        holiday 101: new_year_'s_day new_years_day new_year_'s new_year new_years
        holiday 1231: new_year_'s_eve new_years_eve
        holiday 201000: easter easter_sunday
        holiday 201001: easter_monday
        holiday 200998: good_friday
        holiday 200997: maundy_thursday
        holiday 200954: ash_wednesday
        holiday 200953: shrove_tuesday mardi_gras fat_tuesday
        holiday 200993: palm_sunday
        holiday 201049: pentecost whit_sunday
        holiday 201050: whit_monday
        holiday 1031: halloween
        holiday 214: valentine_'s_day valentines_day
        holiday 317: st_patrick_'s_day st_._patrick_'s_day st_patricks_day saint_patrick_'s_day
        holiday 704: independence_day the_fourth_of_july fourth_of_july
        holiday 400001: thanksgiving thanksgiving_day
        holiday 400000: black_friday
        holiday 100519: memorial_day
        holiday 100911: labor_day
        holiday 400003: labour_day
        holiday 100113: martin_luther_king_day mlk_day
        holiday 100213: presidents_day presidents'_day president_'s_day
        holiday 101012: columbus_day indigenous_peoples_day
        holiday 1111: veterans_day remembrance_day armistice_day
        holiday 619: juneteenth
        holiday 701: canada_day
        holiday 1105: bonfire_night guy_fawkes_night
        holiday 422: earth_day
        holiday 401: april_fools_day april_fool_'s_day
        holiday 100502: mother_'s_day mothers_day
        holiday 100603: father_'s_day fathers_day
        nameafter: street st road rd avenue ave lane ln drive dr boulevard blvd court ct place pl square sq terrace way bridge park school hall house church station creek lake river
        nameafter: hill market club plaza alley crescent gardens close floor
        namebefore: street road avenue route highway room unit apt apartment suite lot bus line platform gate
        datecue: on since from until till by dated date noticed seen reported called started began occurred happened posted as_of starting night_of morning_of evening_of
        datecue: yesterday today submitted opened closed received sent
        announced: will scheduled upcoming planned
        biography: born birthday dob married retired founded established built constructed erected bought purchased moved lived living resident graduated opened installed
        hours: no_parking parking open opens opening hours closed closes permitted allowed schedule sign signs limit
        wish: let_'s lets please can_you could_you will_you would_you need_it needs must should fix call_me call_back appointment available remind hope
        begin: started starts began begins happened broke fell was were noticed saw seen since appeared occurred came went stopped burst
        """;
}
