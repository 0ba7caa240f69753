using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Answers;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Questions;
using DomainFlow.Playbooks.Templates;
using DomainFlow.Playbooks.Tests.Samples;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Questions;

/// <summary>
/// A town with 61 reports of November: 41 potholes, of which 37 lie on Weaver Street and 2 on Mill Street within its circle, 8 of graffiti,
/// 7 of noise, 5 street lights. Asked on 30 November.
/// </summary>
internal static class AskedCity
{
    public static readonly DateTimeOffset AskedAt = new(2026, 11, 30, 15, 0, 0, TimeSpan.Zero);

    public static DomainConfiguration Domain { get; } = DomainTemplates.Find("civic-complaints")!.ToDomain(
        Make.Tenant,
        [
            new Place("Weaver Street", "street", [], -70.2600, 43.6600, 400), new Place("Mill Street", "street", [], -70.2601, 43.6601, 400),
            new Place("Cove Road", "street", [], -70.3000, 43.7000, 300), new Place("North Mill Street", "street", [], -70.2602, 43.6602, 300),
            new Place("Harbor Park", "park", [], -70.2599, 43.6599, 500),
        ],
        timeZone: "America/New_York");

    /// <summary>Days of the potholes: 14 in the first week, 18 before the tenth, 19 up to it, 5 from the last Tuesday on.</summary>
    private static readonly int[] Days =
        [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 11, 12, 12, 13, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 21, 22, 23, 24, 25, 26, 27, 28];

    private static readonly SampleSources Reports = SampleSources.Of(All());

    public static Task<QueryAnswer> AskAsync(string question, params string[] before) =>
        new QueryPlaybook(new OfflineChatClient(), TimeProvider.System).AnswerAsync(
            Domain, BuiltInAgents.All,
            new Question(question, AskedAt, [.. before.SelectMany(text => new[] { new PastMessage("user", text), new PastMessage("assistant", "…") })]),
            Reports.Sources, CancellationToken.None);

    private static IEnumerable<FoundReport> All()
    {
        for (var i = 0; i < 41; i++)
        {
            var street = i switch { 3 or 20 => "Mill Street", 7 => "North Mill Street", 30 => "Cove Road", _ => "Weaver Street" };
            yield return Report($"p{i:00}", "pothole", Days[i], i % 5 == 1 ? $"{i + 1} {street}" : street, "There is a pothole here.", i == 40 ? "in_progress" : "pending");
        }

        for (var i = 0; i < 8; i++)
            yield return Report($"g{i}", "graffiti", 3 + i, i < 3 ? "Mill Street & Cove Road" : "Cove Road", "Graffiti on the wall.", i < 2 ? "resolved" : "pending");
        for (var i = 0; i < 7; i++)
            yield return Report($"n{i}", "noise", 10 + i, "Harbor Park", i == 0 ? "Somebody stole the musical instruments of the band and a generator roared." : "Loud at night.", i < 3 ? "closed" : "pending");
        for (var i = 0; i < 5; i++)
            yield return Report($"l{i}", "street_light", 20 + i, "Cove Road", "The lamp is dark.", "pending");
    }

    private static FoundReport Report(string id, string category, int day, string address, string text, string status) => new(
        id, 0, text, new DateTimeOffset(2026, 11, day, 14, 0, 0, TimeSpan.Zero), category, address, (-70.2600, 43.6600), status, "medium");
}
