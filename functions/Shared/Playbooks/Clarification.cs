using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Places;
using DomainFlow.Playbooks.Running;

namespace DomainFlow.Playbooks;

/// <summary>What the reporter is asked when a run is not sure of what the domain needs.</summary>
/// <param name="Questions">One for each needed value that is missing or unsure.</param>
/// <param name="Candidates">Places to choose from, best first; empty where no place is asked for or none came near.</param>
public sealed record Clarification(IReadOnlyList<string> Questions, IReadOnlyList<PlaceMatch> Candidates)
{
    /// <summary>Null where the run has all that the domain needs: the mean confidence of the agents that give it is high enough and no value is
    /// missing.</summary>
    /// <param name="candidates">From <see cref="IngestionPlaybook.CandidatePlaces"/>.</param>
    /// <param name="known">Whether a value is known from elsewhere: the request's own position, a photo, a person's correction.</param>
    public static Clarification? For(
        DomainConfiguration domain, PlaybookRun run, IReadOnlyList<PlaceMatch> candidates, Func<NeededValue, bool>? known = null)
    {
        var unsure = (domain.Needed ?? []).Where(needed => known?.Invoke(needed) != true && IsUnsure(needed, run)).ToList();
        if (unsure.Count == 0)
            return null;
        return new Clarification(
            [.. unsure.Select(needed => needed.Question).Distinct()],
            unsure.Exists(needed => needed.Key.Contains("location", StringComparison.Ordinal)) ? candidates : []);
    }

    private static bool IsUnsure(NeededValue needed, PlaybookRun run) =>
        !run.Outputs.TryGetValue(needed.Agent, out JsonObject? output)
        || output[needed.Key] is null
        || JsonText.Number(output["confidence"]) is { } confidence && confidence < needed.MinimumConfidence;
}
