using System.Globalization;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Times;

/// <summary>The timestamp that a whole report gets. Reports are of Friday, 2026-09-18, 16:00 local time (Thai ones 21:00).</summary>
public sealed class ReportTimeTests
{
    private static readonly IngestionPlaybook Playbook = new(new OfflineChatClient(), TimeProvider.System);

    public static TheoryData<string, string, string, string> Real => Rows(ReportTimeRows.Real);

    public static TheoryData<string, string, string, string> English => Rows(ReportTimeRows.English);

    public static TheoryData<string, string, string, string> Others => Rows(ReportTimeRows.Others);

    public static TheoryData<string, string, string, string> None => Rows(ReportTimeRows.None);

    [Theory]
    [MemberData(nameof(Real))]
    public Task A_time_of_a_real_input_is_read_right(string id, string language, string time, string text) => Check(id, language, time, text);

    [Theory]
    [MemberData(nameof(English))]
    public Task A_time_in_English_is_read_right(string id, string language, string time, string text) => Check(id, language, time, text);

    [Theory]
    [MemberData(nameof(Others))]
    public Task A_time_in_another_language_is_read_right(string id, string language, string time, string text) => Check(id, language, time, text);

    [Theory]
    [MemberData(nameof(None))]
    public Task A_sentence_without_the_events_time_gets_none(string id, string language, string time, string text) => Check(id, language, time, text);

    [Theory]
    [InlineData("de", "Europe/Berlin", "Hier liegt Müll")]
    [InlineData("en", "America/New_York", "Hier liegt seit heute früh Müll")]
    public async Task The_texts_own_words_may_say_another_language_than_the_domains(string language, string zone, string text)
    {
        var time = await Time(language, zone, text);
        Assert.Equal(text.Contains("heute", StringComparison.Ordinal) ? 18 : null, time?.Day);
    }

    private static async Task Check(string id, string language, string expected, string text)
    {
        var zone = language switch { "us" => "America/New_York", "uk" => "Europe/London", "th" => "Asia/Bangkok", _ => "Europe/Berlin" };
        var time = await Time(language is "us" or "uk" ? "en" : language, zone, text);
        var shown = time?.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        if (expected.Length == 0)
            Assert.True(time is null, $"{id}: {text}: {shown}");
        else
            Assert.True(time is not null && Fits(expected, time.Value), $"{id}: {text}: {shown} is not {expected}");
    }

    private static async Task<DateTime?> Time(string language, string zone, string text)
    {
        var domain = Make.Civic() with { Language = language, TimeZone = zone };
        var local = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var at = new DateTimeOffset(2026, 9, 18, language == "th" ? 21 : 16, 0, 0, local.GetUtcOffset(new DateTime(2026, 9, 18))).ToUniversalTime();
        var run = await Playbook.RunAsync(domain, BuiltInAgents.All, new ReportText(text, at), CancellationToken.None);
        return (string?)run.Outputs["temporal"]["timestamp"] is { } time
            ? TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), local).DateTime
            : null;
    }

    private static bool Fits(string expected, DateTime time)
    {
        if (expected.Split('/') is [var from, var to])
            return time >= Parse(from) && time < Parse(to).AddDays(1);
        return expected.Contains('T', StringComparison.Ordinal)
            ? Math.Abs((time - Parse(expected)).TotalMinutes) < 1
            : time.Date == Parse(expected);
    }

    private static DateTime Parse(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private static TheoryData<string, string, string, string> Rows(string table)
    {
        var rows = new TheoryData<string, string, string, string>();
        var number = 0;
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cells = line.Split('|', 4, StringSplitOptions.TrimEntries);
            rows.Add(cells[0].Length == 0 ? (++number).ToString(CultureInfo.InvariantCulture) : cells[0], cells[1], cells[2], cells[3]);
        }

        return rows;
    }
}
