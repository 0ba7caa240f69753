using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Demo;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Client.Tests.Demo;

public class QuestionCheckTests
{
    private static readonly Dictionary<string, Guid> Ids = new() { ["s01"] = Guid.NewGuid(), ["s02"] = Guid.NewGuid() };
    private static readonly SampleQuestion HowMany = new("How many potholes?", ["s01"], 6, false, ["pothole"]);
    private static readonly SampleQuestion Elephants = new("How many elephants?", [], null, true, null);

    [Theory]
    [InlineData("There were 6 potholes.", true)]
    [InlineData("6 potholes", true)]
    [InlineData("There were 16 potholes.", false)]
    [InlineData("Potholes since 2026-10-6, 6:30 and 1.6 m deep", false)]
    [InlineData("There were 6 holes.", false)]
    [InlineData("There is a pothole, seen 6 hours ago.", false)]
    [InlineData("Pothole (6)", true)]
    public void An_answer_says_the_number_and_the_words(string summary, bool holds) =>
        Assert.Equal(holds, QuestionCheck.Faults(HowMany, Answer(summary, "s01"), Ids).Count == 0);

    [Fact]
    public void An_expected_report_is_among_the_references() =>
        Assert.Equal(["none of the expected reports is among the references"], QuestionCheck.Faults(HowMany, Answer("6 potholes", "s02"), Ids));

    [Theory]
    [InlineData("Insufficient evidence: no report was found.", true)]
    [InlineData("Three elephants escaped.", false)]
    public void Nothing_to_go_by_is_said(string summary, bool holds) => Assert.Equal(holds, QuestionCheck.Faults(Elephants, Answer(summary), Ids).Count == 0);

    [Fact]
    public void A_guess_with_references_does_not_hold() => Assert.NotEmpty(QuestionCheck.Faults(Elephants, Answer("Insufficient evidence", "s01"), Ids));

    [Fact]
    public void A_failed_job_does_not_hold() =>
        Assert.NotEmpty(QuestionCheck.Faults(HowMany, Answer("6 potholes", "s01") with { Status = "failed", FailureReason = "out of time" }, Ids));

    private static QueryState Answer(string summary, params string[] references) =>
        new(Guid.NewGuid(), "completed", null, summary, [], [.. references.Select(r => new ReferenceState(Ids[r].ToString(), "report", 1, "", default))], null);
}
