using System.Text.Json.Nodes;

namespace DomainFlow.Domain.Playbooks;

/// <summary>A business domain of one tenant: its playbooks and what its words mean.</summary>
/// <param name="TimeZone">IANA name; relative times in reports are resolved in it.</param>
/// <param name="Language">ISO 639-1 code.</param>
/// <param name="Version">Grows with each change.</param>
/// <param name="Needed">What a report must have; low confidence on it asks the reporter.</param>
/// <param name="SelfReporting">Any user of the tenant may report, whatever the user's groups are.</param>
/// <param name="Learned">What a city's own reports taught about the categories; null where nothing was learned.</param>
/// <param name="Area">Where its reports come from; null where the places alone say it.</param>
public sealed record DomainConfiguration(
    Guid Tenant,
    string DomainId,
    string Name,
    string Description,
    PlaybookGraph Ingestion,
    PlaybookGraph Query,
    PlaybookGraph Management,
    IReadOnlyList<Category> Categories,
    IReadOnlyList<Place> Places,
    IReadOnlyDictionary<string, IReadOnlyList<string>> StatusTransitions,
    string TimeZone,
    string Language,
    int Version,
    IReadOnlyList<NeededValue>? Needed = null,
    LearnedCategories? Learned = null,
    bool SelfReporting = false,
    Area? Area = null)
{
    public PlaybookGraph Playbook(AgentClass agentClass) => agentClass switch
    {
        AgentClass.Ingestion => Ingestion,
        AgentClass.Query => Query,
        _ => Management,
    };
}

/// <summary>A value that a report of the domain must have.</summary>
/// <param name="Agent">Whose output holds it.</param>
/// <param name="Key">Its key in that output.</param>
/// <param name="Question">What the reporter is asked where it is missing.</param>
/// <param name="MinimumConfidence">Below this mean confidence, 0 to 1, the reporter is asked.</param>
public sealed record NeededValue(string Agent, string Key, string Question, double MinimumConfidence = 0.5);

/// <summary>A box on the earth, in degrees; east is less than west where it crosses the 180th meridian.</summary>
public sealed record Area(double West, double South, double East, double North);

/// <param name="Words">Words and phrases that speak for the category.</param>
/// <param name="DefaultUrgency">low, medium, high or critical.</param>
public sealed record Category(string Id, string Name, IReadOnlyList<string> Words, string DefaultUrgency = "medium");

/// <summary>An entry of the domain's gazetteer.</summary>
/// <param name="RadiusMetres">Within this distance of the position lies what the name means.</param>
/// <param name="Houses">House numbers of a street whose position is known, ascending; null where none is.</param>
public sealed record Place(
    string Name,
    string Kind,
    IReadOnlyList<string> Aliases,
    double Longitude,
    double Latitude,
    double RadiusMetres,
    IReadOnlyList<House>? Houses = null);

/// <summary>Where a house stands on its street.</summary>
public sealed record House(int Number, double Longitude, double Latitude);

/// <summary>A graph of agents. An edge hands the outputs of one to the other.</summary>
/// <param name="Policies">What a node's failure means, by agent id; skip the dependents where nothing is said.</param>
public sealed record PlaybookGraph(
    IReadOnlyList<string> Nodes,
    IReadOnlyList<PlaybookEdge> Edges,
    IReadOnlyDictionary<string, FailurePolicy>? Policies = null)
{
    public static PlaybookGraph Empty { get; } = new([], []);
}

public sealed record PlaybookEdge(string From, string To);

/// <summary>What a node's failure means for the run.</summary>
public abstract record FailurePolicy
{
    private FailurePolicy()
    {
    }

    /// <summary>The nodes that depend on it are skipped; the others run.</summary>
    public sealed record SkipDependents : FailurePolicy;

    /// <summary>The whole run fails.</summary>
    public sealed record FailRun : FailurePolicy;

    /// <summary>This output stands in.</summary>
    public sealed record UseDefault(JsonObject Output) : FailurePolicy;
}
