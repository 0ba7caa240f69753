namespace DomainFlow.Playbooks.Language;

internal static class StopWords
{
    private static readonly HashSet<string> English =
    [
        .. ("a about above after again against all almost along already also although always am among an and another any anybody anyone anything "
            + "are arent around as at away back be became because been before behind being below between both but by came can cannot cant come comes "
            + "could couldnt did didnt do does doesnt doing done dont down due during each either else even ever every everyone everything few first "
            + "for from further get gets getting give given go goes going gone got had hadnt has hasnt have havent having he her here hers him his how "
            + "however i if im in into is isnt it its itself ive just keep keeps kept last least less let like lot made make makes many may me might "
            + "mine more most much must my near nearly need needs neither never next no nobody none nor not nothing now of off often ok on once one "
            + "only onto or other others our ours out over own past people per perhaps please put quite rather really said same say says see seem seems "
            + "several shall she should shouldnt since so some somebody someone something sometimes soon still such take taken than thank thanks that "
            + "thats the their theirs them then there theres these they theyre thing things this those though through thus to together too took toward "
            + "two under until up upon us use used using very via want was wasnt way we well went were werent weve what when where whether which while "
            + "who whom whose why will with within without wont would wouldnt yes yet you your yours").Split(' '),
    ];

    public static bool Contains(string lower) => English.Contains(lower) || lower.Length == 1;
}
