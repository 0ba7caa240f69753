using DomainFlow.Composition;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Unicode;
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
        var question = StoredText.Of(Question).Trim();
        Require(!string.IsNullOrWhiteSpace(UntrustedText.Strip(question)), "question", "question is empty");
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
        Require(filters.From is null || TimeOrDay.Parse(filters.From) is not null, "filters.from", $"from {QuestionLimits.TimeForm}");
        Require(filters.To is null || TimeOrDay.Parse(filters.To) is not null, "filters.to", $"to {QuestionLimits.TimeForm}");
    }

    private static void Require(bool holds, string field, string detail)
    {
        if (!holds)
        {
            throw new ProblemException(Problem.Invalid(field, detail));
        }
    }
}

/// <param name="From">Reported at this time or later; a date is the begin of that day.</param>
/// <param name="To">Reported before this time; a date is the end of that day.</param>
public sealed record QuestionLimits(string? Category = null, string? WorkStatus = null, string? From = null, string? To = null, double[]? Bbox = null)
{
    public const string TimeForm = "must be an ISO 8601 time with Z or an offset, or a date";

    /// <exception cref="ProblemException">400: the domain has no such category, or <c>to</c> lies before <c>from</c>.</exception>
    public QueryFilters ToFilters(DomainConfiguration domain)
    {
        var category = ReportFilters.Category(Category is null ? null : Nfc.Of(Category), [.. domain.Categories.Select(c => c.Id)], "filters.category");
        var (from, to) = ReportFilters.Period(Bound(From), Bound(To), ReportFilters.Zone(domain.TimeZone), "filters.");
        return new(category, WorkStatus, from, to, Bbox);
    }

    private static TimeOrDay? Bound(string? text) => text is null ? null : TimeOrDay.Parse(text);
}
