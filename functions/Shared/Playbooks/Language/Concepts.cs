namespace DomainFlow.Playbooks.Language;

/// <summary>Words that people who report and people who ask use for one thing: spellings, irregular forms, everyday synonyms of a town's matters.</summary>
internal static class Concepts
{
    private static readonly Dictionary<string, string> Groups = Read(
        "tire tyre wheel|curb kerb|color colour|gray grey|neighbor neighbour|neighborhood neighbourhood|meter metre|plow plough|jewelry jewellery",
        "trash garbage rubbish litter refuse waste|dump discard unload abandon|throw threw thrown|bin can toter barrel container|bulky furniture",
        "couch sofa settee|fridge refrigerator|mattress bed|debris rubble|pick collect gather|recycle recycling",
        "car automobile auto vehicle|truck lorry|van minivan|bike bicycle cycle|bicyclist cyclist biker|motorcycle motorbike|camper rv trailer",
        "plane airplane aircraft|bus coach|plate license licence|crash accident collision collide wreck|park parking",
        "lamp light lantern streetlight|dark unlit black|bright glare brightness|flicker blink flash|signal stoplight",
        "pothole hole crater|deep depth|wide width|tall high height|long length|big large huge enormous giant|small little tiny",
        "sidewalk pavement footpath walkway|crosswalk crossing|street road roadway|corner intersection junction|bridge overpass|tunnel underpass",
        "tree oak maple elm|branch limb|rot rotten rotted decay decaying decayed diseased|stump trunk|fall fell fallen|cut trim prune butcher hack",
        "flood flooding flooded inundate|drain drainage grate gutter sewer|clog clogged block blocked obstruct plug|leak leaking drip seep|pipe main hydrant",
        "water pond puddle|snow slush|ice icy|storm gale|rain rainfall downpour|tide tidal|basement cellar",
        "noise noisy loud loudly|music song|party celebration|bark barking|scream shout yell|honk horn|beep ring",
        "dog puppy canine|cat kitten feline|raccoon possum|rat mouse mice rodent vermin|bird pigeon|dead carcass roadkill|stray lost missing|pet animal",
        "child children kid kids youngster|man men male guy|woman women female lady|person people human|mother mom mum|father dad|family relative",
        "elderly senior old aged|student pupil|teacher staff|police officer cop|resident neighbor tenant|owner landlord|driver motorist",
        "hurt injure injury injured wound|trip stumble|fall slip|scare scared frighten frightened afraid terrify|kill killed|hit struck strike",
        "steal stole stolen theft thief thieves rob robbed|break broke broken|vandal vandalism vandalize|graffiti tag spray|drug dealer dealing",
        "fast speed speeding quick quickly|race racing|drive drove driven|ride rode ridden|run ran|fly flew flown|walk stroll|sit sat sitting",
        "sleep asleep wake woke awake|see saw seen spot spotted|find found|lose lost|leave left|bring brought|take took taken|write wrote written",
        "buy bought|sell sold|pay paid fee charge|cost price|send sent|tell told|hear heard|feel felt|build built|tear tore torn|wear wore worn",
        "shop store market|church chapel|school academy|library museum|hospital clinic|playground park field|bench seat|fountain sundial",
        "sign banner poster|advertisement advert ad flyer|paint marking|fence railing|wall facade|roof shingle|house home building|porch stoop",
        "fix repair mend|remove removal|replace replacement|close closed shut|open opened|start begin began|stop end ended|early late",
        "smell odor odour stink|dirty filthy|dangerous danger hazard hazardous unsafe risk|ugly eyesore|wrong broken damage damaged",
        "begging panhandling panhandle beg|homeless|fight assault|smoke smoking|fire flame burn|gun shot shooting gunshot",
        "remote radio|museum exhibit|electronic online|rough bumpy uneven|complain complaint|ask request want|company contractor firm");

    /// <summary>The same for all words of a group; the stem itself for any other.</summary>
    public static string Of(string stem) => Groups.GetValueOrDefault(stem, stem);

    private static Dictionary<string, string> Read(params string[] lines)
    {
        var groups = new Dictionary<string, string>();
        foreach (var group in lines.SelectMany(line => line.Split('|')))
        {
            var stems = group.Split(' ').Select(Stemmer.Stem).Distinct().ToList();
            // A word of two groups stays in the first: chains would make everything one.
            foreach (var stem in stems)
                groups.TryAdd(stem, stems[0]);
        }

        return groups;
    }
}
