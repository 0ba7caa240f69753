using System.Globalization;
using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Answers;

namespace DomainFlow.Playbooks.Tests.Questions;

public sealed partial class CountingQuestionTests
{
    [Theory]
    [InlineData("How many potholes on Mill Street?", 2)] // Q01
    [InlineData("How many potholes are there on Mill St?", 2)]
    [InlineData("How many potholes along North Mill Street?", 1)]
    [InlineData("How many potholes near Mill Street?", 41)]
    [InlineData("How many potholes around Mill Street?", 41)]
    [InlineData("How many potholes on Mill Street or Cove Road?", 3)]
    [InlineData("How many graffiti reports on Mill Street?", 3)]
    [InlineData("How many reports are not about potholes?", 20)] // Q03
    [InlineData("How many reports other than potholes are there?", 20)]
    [InlineData("How many reports are there except graffiti?", 53)]
    [InlineData("Number of reports excluding potholes and graffiti?", 12)]
    [InlineData("How many reports about potholes or graffiti?", 49)]
    [InlineData("How many potholes and street lights were reported?", 46)]
    [InlineData("How many potholes over the last month?", 41)] // Q07
    [InlineData("How many potholes in the past month?", 41)] // Q07
    [InlineData("How many potholes in the last 7 days?", 5)]
    [InlineData("How many potholes in the past two weeks?", 14)]
    [InlineData("How many potholes in the first week of November?", 14)] // Q08
    [InlineData("How many potholes in the second week of November?", 11)]
    [InlineData("How many potholes in the last week of November 2026?", 5)]
    [InlineData("How many potholes in 2026-W46?", 10)]
    [InlineData("How many potholes in calendar week 46?", 10)]
    [InlineData("How many potholes 5-7 November?", 6)]
    [InlineData("How many potholes from 5 to 7 November 2026?", 6)]
    [InlineData("How many potholes Nov 5-7?", 6)]
    [InlineData("How many potholes between 5 and 7 November?", 6)]
    [InlineData("How many potholes in the first half of November?", 26)]
    [InlineData("How many potholes between Nov 1 and Nov 10?", 19)] // Q12
    [InlineData("How many potholes before Nov 10?", 18)] // Q12
    [InlineData("How many potholes since last Tuesday?", 5)] // Q12
    [InlineData("How many potholes were reported on Weaver Street?", 37)] // Q12
    [InlineData("¿Cuántos baches hay en Weaver Street?", 37)] // Q10
    [InlineData("Cuantos baches hay en Mill Street", 2)]
    [InlineData("Wie viele Schlaglöcher gibt es in der Weaver Street?", 37)]
    [InlineData("Wie viele Meldungen gibt es ohne Schlaglöcher?", 20)]
    [InlineData("Combien de nids-de-poule y a-t-il sur Weaver Street ?", 37)]
    [InlineData("Quante buche ci sono in Weaver Street?", 37)]
    [InlineData("Quantos buracos há na Weaver Street?", 37)]
    [InlineData("Hoeveel gaten in de weg zijn er in Weaver Street?", 37)]
    [InlineData("How many reports are open?", 56)]
    [InlineData("How many open reports are there?", 56)]
    [InlineData("How many reports are still open?", 56)]
    [InlineData("How many reports are unresolved?", 56)]
    [InlineData("How many reports are resolved or closed?", 5)]
    [InlineData("How many reports are not closed?", 58)]
    [InlineData("How many open potholes on Weaver Street?", 37)]
    [InlineData("How many reports are in progress?", 1)]
    [InlineData("How many noise complaints?", 7)]
    [InlineData("How many reports are there?", 61)]
    public async Task A_count_and_its_references_agree(string question, int count)
    {
        var answer = await AskedCity.AskAsync(question);
        Assert.True(count == Count(answer), $"{count} wanted: {answer.Summary}");
        Assert.Equal(Math.Min(10, count), answer.References.Count);
        Assert.DoesNotContain("rests on", answer.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("Not understood", answer.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("How many of those are still open?", 37, "How many potholes are on Weaver Street?")] // Q05
    [InlineData("How many of them are in progress?", 1, "How many potholes are on Weaver Street?")]
    [InlineData("and on Cove Road?", 1, "How many potholes are on Weaver Street?")]
    [InlineData("And graffiti?", 8, "How many potholes are on Cove Road?")]
    [InlineData("What about Mill Street?", 2, "How many potholes are on Weaver Street?")]
    [InlineData("How many of those are resolved?", 2, "How many potholes on Cove Road?", "and graffiti, how many?")]
    [InlineData("¿Y en Mill Street?", 2, "¿Cuántos baches hay en Weaver Street?")]
    [InlineData("Und in der Mill Street?", 2, "Wie viele Schlaglöcher gibt es in der Weaver Street?")]
    public async Task A_follow_up_keeps_its_subject(string question, int count, params string[] before)
    {
        var answer = await AskedCity.AskAsync(question, before);
        Assert.True(count == Count(answer), $"{count} wanted: {answer.Summary}");
    }

    [Theory]
    [InlineData("How many potholes are not on Mill Street?", "not on Mill Street")]
    [InlineData("How many potholes except on Cove Road?", "except on Cove Road")]
    [InlineData("How many potholes on Weaver Street or in November?", "Weaver Street or in November")]
    public async Task What_was_not_understood_is_said(string question, string said)
    {
        var answer = await AskedCity.AskAsync(question);
        Assert.Contains("Not understood", answer.Summary, StringComparison.Ordinal);
        Assert.Contains(said, answer.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What is the most common problem?", "Pothole (41)")]
    [InlineData("Which street has the most potholes?", "Weaver Street")]
    [InlineData("What is the most common complaint on Cove Road?", "Graffiti (8)")]
    [InlineData("Which category has the fewest reports?", "Street_light (5)")]
    [InlineData("What is the least common problem?", "Street_light (5)")]
    [InlineData("¿Cuál es el problema más común?", "Pothole (41)")]
    [InlineData("Was ist das häufigste Problem?", "Pothole (41)")]
    [InlineData("When was the oldest unresolved pothole reported?", "Reported 2026-11-01 09:00")]
    [InlineData("When was the newest pothole reported?", "Reported 2026-11-28 09:00")]
    [InlineData("Where is the oldest graffiti?", "At Mill Street & Cove Road")]
    public async Task A_superlative_is_of_a_dimension(string question, string begins)
    {
        var answer = await AskedCity.AskAsync(question);
        Assert.True(answer.Bullets.Any(bullet => bullet.Text.StartsWith(begins, StringComparison.Ordinal)), answer.Summary);
    }

    [Fact]
    public async Task The_oldest_is_one_report()
    {
        var answer = await AskedCity.AskAsync("What is the oldest unresolved pothole?");
        Assert.Equal("p00", Assert.Single(answer.References).Id);
    }

    [Theory]
    [InlineData("What happened to the musical instruments?", true)]
    [InlineData("How many tubas were repainted by the mayor?", false)]
    [InlineData("When was the cathedral consecrated?", false)]
    [InlineData("When did the band lose the musical instruments?", false)]
    public async Task A_word_of_its_own_is_no_category_and_a_report_has_no_time_but_its_own(string question, bool isThere)
    {
        var answer = await AskedCity.AskAsync(question);
        Assert.True(answer.HasEvidence == isThere, answer.Summary);
    }

    private static int? Count(QueryAnswer answer) => answer.Bullets.Select(bullet => Counted().Match(bullet.Text)).FirstOrDefault(match => match.Success) is { } found
        ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
        : null;

    [GeneratedRegex("^([0-9]+) reports?$")]
    private static partial Regex Counted();
}
