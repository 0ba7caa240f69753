using System.Globalization;
using DomainFlow.Playbooks.Times;

namespace DomainFlow.Playbooks.Tests.Times;

public sealed class TimeExpressionsTests
{
    /// <summary>Tuesday, 10:00 in New York.</summary>
    private static readonly DateTimeOffset Reference = new(2026, 10, 6, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("It happened yesterday.", "yesterday", "2026-10-05 00:00", "2026-10-06 00:00")]
    [InlineData("the day before yesterday it broke", "the day before yesterday", "2026-10-04 00:00", "2026-10-05 00:00")]
    [InlineData("broken today", "today", "2026-10-06 00:00", "2026-10-07 00:00")]
    [InlineData("last Tuesday", "last Tuesday", "2026-09-29 00:00", "2026-09-30 00:00")]
    [InlineData("on Tuesday", "Tuesday", "2026-10-06 00:00", "2026-10-07 00:00")]
    [InlineData("on Monday", "Monday", "2026-10-05 00:00", "2026-10-06 00:00")]
    [InlineData("last Monday", "last Monday", "2026-10-05 00:00", "2026-10-06 00:00")]
    [InlineData("since Monday", "since Monday", "2026-10-05 00:00", "2026-10-06 10:00")]
    [InlineData("since last Friday", "since last Friday", "2026-10-02 00:00", "2026-10-06 10:00")]
    [InlineData("Wed night", "Wed night", "2026-09-30 21:00", "2026-10-01 06:00")]
    [InlineData("two hours ago", "two hours ago", "2026-10-06 08:00", "2026-10-06 08:00")]
    [InlineData("about half an hour ago", "half an hour ago", "2026-10-06 09:30", "2026-10-06 09:30")]
    [InlineData("30 mins ago", "30 mins ago", "2026-10-06 09:30", "2026-10-06 09:30")]
    [InlineData("3 days ago", "3 days ago", "2026-10-03 00:00", "2026-10-04 00:00")]
    [InlineData("a couple of days ago", "a couple of days ago", "2026-10-04 00:00", "2026-10-05 00:00")]
    [InlineData("a week ago", "a week ago", "2026-09-29 00:00", "2026-09-30 00:00")]
    [InlineData("this morning", "this morning", "2026-10-06 06:00", "2026-10-06 12:00")]
    [InlineData("this evening", "this evening", "2026-10-05 18:00", "2026-10-05 22:00")]
    [InlineData("yesterday evening", "yesterday evening", "2026-10-05 18:00", "2026-10-05 22:00")]
    [InlineData("last night", "last night", "2026-10-05 21:00", "2026-10-06 06:00")]
    [InlineData("at 10:30 pm last night", "10:30 pm last night", "2026-10-05 22:30", "2026-10-05 22:30")]
    [InlineData("at 2 am last night", "2 am last night", "2026-10-06 02:00", "2026-10-06 02:00")]
    [InlineData("Oct 3rd", "Oct 3rd", "2026-10-03 00:00", "2026-10-04 00:00")]
    [InlineData("October 3, 2025", "October 3, 2025", "2025-10-03 00:00", "2025-10-04 00:00")]
    [InlineData("the 3rd of October", "3rd of October", "2026-10-03 00:00", "2026-10-04 00:00")]
    [InlineData("since 9 October", "since 9 October", "2025-10-09 00:00", "2026-10-06 10:00")]
    [InlineData("on Dec. 24", "Dec. 24", "2025-12-24 00:00", "2025-12-25 00:00")]
    [InlineData("am 2.10. gesehen", "2.10.", "2026-10-02 00:00", "2026-10-03 00:00")]
    [InlineData("on 12.10.2025", "12.10.2025", "2025-10-12 00:00", "2025-10-13 00:00")]
    [InlineData("on 10/3", "10/3", "2026-10-03 00:00", "2026-10-04 00:00")]
    [InlineData("on 9/28/2026", "9/28/2026", "2026-09-28 00:00", "2026-09-29 00:00")]
    [InlineData("on 28/9/26", "28/9/26", "2026-09-28 00:00", "2026-09-29 00:00")]
    [InlineData("2026-10-03 19:00", "2026-10-03 19:00", "2026-10-03 19:00", "2026-10-03 19:00")]
    [InlineData("2026-10-03T19:00:00Z", "2026-10-03T19:00:00Z", "2026-10-03 15:00", "2026-10-03 15:00")]
    [InlineData("2026-10-03T19:00+02:00", "2026-10-03T19:00+02:00", "2026-10-03 13:00", "2026-10-03 13:00")]
    [InlineData("yesterday around 7pm", "yesterday around 7pm", "2026-10-05 19:00", "2026-10-05 19:00")]
    [InlineData("at 6.30 am", "6.30 am", "2026-10-06 06:30", "2026-10-06 06:30")]
    [InlineData("6:15 this morning", "6:15 this morning", "2026-10-06 06:15", "2026-10-06 06:15")]
    [InlineData("at 7 this morning", "7 this morning", "2026-10-06 07:00", "2026-10-06 07:00")]
    [InlineData("around noon", "noon", "2026-10-05 12:00", "2026-10-05 12:00")]
    [InlineData("at 9 pm", "9 pm", "2026-10-05 21:00", "2026-10-05 21:00")]
    [InlineData("for three days", "for three days", "2026-10-03 10:00", "2026-10-06 10:00")]
    [InlineData("for the past two weeks", "for the past two weeks", "2026-09-22 10:00", "2026-10-06 10:00")]
    [InlineData("in the last 24 hours", "in the last 24 hours", "2026-10-05 10:00", "2026-10-06 10:00")]
    [InlineData("last week", "last week", "2026-09-28 00:00", "2026-10-05 00:00")]
    [InlineData("this month", "this month", "2026-10-01 00:00", "2026-11-01 00:00")]
    [InlineData("last weekend", "last weekend", "2026-10-03 00:00", "2026-10-05 00:00")]
    [InlineData("in September", "September", "2026-09-01 00:00", "2026-10-01 00:00")]
    [InlineData("in November 2025", "November 2025", "2025-11-01 00:00", "2025-12-01 00:00")]
    [InlineData("reports over the last month", "over the last month", "2026-09-06 10:00", "2026-10-06 10:00")]
    [InlineData("in the first week of September", "the first week of September", "2026-09-01 00:00", "2026-09-08 00:00")]
    [InlineData("in 2026-W36", "2026-W36", "2026-08-31 00:00", "2026-09-07 00:00")]
    [InlineData("on 5-7 September", "5-7 September", "2026-09-05 00:00", "2026-09-08 00:00")]
    [InlineData("between Sept 1 and 10", "Sept 1 and 10", "2026-09-01 00:00", "2026-09-11 00:00")]
    [InlineData("from Monday to Wednesday", "Monday to Wednesday", "2026-10-05 00:00", "2026-10-08 00:00")]
    [InlineData("ayer por la tarde", "ayer por la tarde", "2026-10-05 12:00", "2026-10-05 18:00")]
    public void A_time_is_read_from_its_words(string text, string words, string from, string to)
    {
        var mention = Assert.Single(TimeExpressions.Find(text, Reference, "America/New_York", "en", CancellationToken.None));
        Assert.Equal((words, from, to), (mention.Text, Local(mention.From), Local(mention.To)));
        Assert.Equal(words, text.Substring(mention.Start, mention.Text.Length));
    }

    [Theory]
    [InlineData("I may go on and on, one second please")]
    [InlineData("The road is 30.5 feet wide and costs $12.50")]
    [InlineData("205 Stimson Road, version 1.2.3, ratio 3:1")]
    [InlineData("It will march on 13/13 or 45.45.")]
    public void What_is_no_time_is_not_taken_for_one(string text) => Assert.Empty(TimeExpressions.Find(text, Reference, "America/New_York", "en", CancellationToken.None));

    [Fact]
    public void An_hour_that_the_clock_skips_lies_after_the_gap()
    {
        var mention = Assert.Single(TimeExpressions.Find("2026-03-08 02:30", Reference, "America/New_York", "en", CancellationToken.None));
        Assert.Equal("2026-03-08 07:30", mention.From.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Day_and_month_go_by_the_zone_where_both_fit() =>
        Assert.Equal(3, Assert.Single(TimeExpressions.Find("on 10/3/2026", Reference, "Europe/Berlin", "en", CancellationToken.None)).From.AddHours(2).Month);

    private static string Local(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById("America/New_York")).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
