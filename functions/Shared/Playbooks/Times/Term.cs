namespace DomainFlow.Playbooks.Times;

/// <summary>What a word or a fixed group of words means in a time phrase. The number beside it in a lexicon is the value.</summary>
internal enum Term : byte
{
    /// <summary>A common word of the language without a meaning in time: evidence for the language.</summary>
    Function,

    /// <summary>Days from today.</summary>
    Day,

    /// <summary>0 is Sunday.</summary>
    Weekday,

    /// <summary>Weekday times ten and the part of the day ("Montagabend").</summary>
    WeekdayPart,

    Month,

    /// <summary>A month's or weekday's name that is an everyday word too: it counts with a capital, a date cue or a year.</summary>
    Ordinary,

    /// <summary>A <see cref="Times.Part"/>.</summary>
    Part,

    /// <summary>A part of the day whose day is known from the words: part plus 100 times days back ("anoche", "this morning").</summary>
    PartOfDay,

    /// <summary>-2 before last, -1 last, 0 this, 1 next.</summary>
    Which,

    /// <summary>A <see cref="Times.Unit"/>.</summary>
    Unit,

    /// <summary>A letter or two directly after a number.</summary>
    ShortUnit,

    Number,


    /// <summary>A number that is not meant exactly.</summary>
    Few,
    Tens,
    Ordinal,

    /// <summary>Ends an ordinal in digits: 3rd, 1er.</summary>
    OrdinalEnd,

    LastOf,
    Half,
    AndHalf,
    OneAndHalf,
    AgoBefore,
    AgoAfter,

    /// <summary>"Ago" only at the end of a phrase: earlier, before.</summary>
    AgoAtEnd,

    For,

    /// <summary>"in the last", also without a number after it.</summary>
    InLast,

    Since,
    Until,
    By,
    Before,
    After,
    About,
    Article,
    Of,
    On,
    In,
    At,
    And,
    To,
    Between,
    From,
    Early,
    Middle,
    Late,
    Every,
    Recurring,
    Now,
    JustNow,
    Lately,

    /// <summary>0 is a.m., 12 is p.m.</summary>
    Meridiem,

    OClock,

    /// <summary>Before an hour in digits or words: "a las 8", "um 8".</summary>
    AtHour,

    HalfPast,
    HalfTo,
    QuarterPast,
    QuarterTo,
    MinutesPast,
    MinutesTo,
    PlusHalf,
    PlusQuarter,
    MinusQuarter,

    /// <summary>A season: 0 is winter.</summary>
    Season,

    Holiday,

    /// <summary>A word for a kind of street or place: a date beside it is a name.</summary>
    NameBefore,
    NameAfter,

    /// <summary>"noticed", "since": a bare 9/17 after it is a date.</summary>
    DateCue,

    /// <summary>Words beside which a time is another one than the event's.</summary>
    Biography,
    Hours,
    Wish,
    Begin,

    /// <summary>A date without a year after it is ahead.</summary>
    Announced,
    YearCue,

    /// <summary>Thai hours: N counted from the hour in the value.</summary>
    HourFrom,
    HourPrefix,
}

internal enum Unit
{
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Fortnight,
    Weekend,
    Month,
    Year,
}

/// <summary>Of a day.</summary>
internal enum Part
{
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
    Midnight,
    SmallHours,
}
