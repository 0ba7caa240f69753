using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Running;

namespace DomainFlow.Playbooks.Answers;

/// <summary>The answer to a question.</summary>
/// <param name="HasEvidence">False where nothing was retrieved that bears on the question; the summary then says "Insufficient evidence".</param>
/// <param name="Summary">Two or three sentences.</param>
/// <param name="Bullets">One for each agent that had something to say, surest first.</param>
/// <param name="References">Reports and document chunks that were retrieved and bear the answer, best first.</param>
/// <param name="MapData">GeoJSON FeatureCollection, [longitude, latitude], with bbox where it has points.</param>
/// <param name="Run">Outcome, outputs and execution log.</param>
public sealed record QueryAnswer(
    bool HasEvidence,
    string Summary,
    IReadOnlyList<Bullet> Bullets,
    IReadOnlyList<Reference> References,
    JsonObject MapData,
    PlaybookRun Run);

/// <param name="Text">At most 150 characters.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Sources">Ids among the references.</param>
/// <param name="Quote">A passage that one of the sources really holds; null where none was given or it was not found.</param>
public sealed record Bullet(string Agent, string Text, double Confidence, IReadOnlyList<string> Sources, string? Quote);

/// <param name="Kind">report or document.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Snippet">At most 200 characters of the text.</param>
public sealed record Reference(string Id, string Kind, double Score, string Snippet, DateTimeOffset ReportedAt);

/// <param name="Text">The question.</param>
public sealed record AnswerRequest(string Text, Questions.QuestionFilters Filters, DomainFlow.Domain.Playbooks.DomainConfiguration Domain);
