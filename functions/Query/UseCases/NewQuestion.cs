using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting.Http;
using DomainFlow.Playbooks.Agents;

namespace DomainFlow.Query.UseCases;

/// <summary>Body of POST /queries.</summary>
/// <param name="WaitSeconds">How long to wait for the answer, at most 25; then the job goes on by itself.</param>
public sealed record NewQuestion(string? DomainId, string? Question, Guid? SessionId = null, QuestionLimits? Filters = null, double? WaitSeconds = null)
{
    public const int MaxLength = 5_000;
    public const double MaxWaitSeconds = 25;

    /// <exception cref="ProblemException">400, naming the field.</exception>
    public NewQuestion Checked()
    {
        Require(DomainId is { Length: > 0 and <= 100 }, "domain_id", "domain_id is required, at most 100 characters");
        Require(Question is not null, "question", "question is required");
        Require(Question!.Length <= MaxLength, "question", $"question has {Question.Length} characters; at most {MaxLength} are taken");
        var question = UntrustedText.Strip(Question).Trim();
        Require(question.Length > 0, "question", "question is empty");
        Require(WaitSeconds is null or (>= 0 and <= MaxWaitSeconds), "wait_seconds", $"wait_seconds must be from 0 to {MaxWaitSeconds}");
        if (Filters is not null)
        {
            CheckFilters(Filters);
        }

        return this with { Question = question };
    }

    private static void CheckFilters(QuestionLimits filters)
    {
        Require(filters.Category is null or { Length: > 0 and <= 100 }, "filters.category", "category must have 1 to 100 characters");
        Require(
            filters.WorkStatus is null || ReportStatus.Work.Contains(filters.WorkStatus),
            "filters.work_status",
            $"work_status must be one of {string.Join(", ", ReportStatus.Work)}");
        Require(
            filters.Bbox is null || (filters.Bbox is [>= -180 and <= 180, >= -90 and <= 90, >= -180 and <= 180, >= -90 and <= 90] box && box[1] <= box[3]),
            "filters.bbox",
            "bbox must be [west, south, east, north] in degrees");
        Require(filters.From is null || filters.To is null || filters.From <= filters.To, "filters.to", "to lies before from");
    }

    private static void Require(bool holds, string field, string detail)
    {
        if (!holds)
        {
            throw new ProblemException(Problem.Invalid(field, detail));
        }
    }
}

/// <param name="From">Reported at this time or later.</param>
/// <param name="To">Reported before this time.</param>
public sealed record QuestionLimits(
    string? Category = null, string? WorkStatus = null, DateTimeOffset? From = null, DateTimeOffset? To = null, double[]? Bbox = null)
{
    public QueryFilters ToFilters() => new(Category, WorkStatus, From, To, Bbox);
}
