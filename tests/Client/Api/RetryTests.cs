using System.Net;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Client.Tests.Api;

public class RetryTests
{
    private static readonly ReportToSend Report = new("civic-complaints", "A pothole");

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(502)]
    public async Task A_throttled_request_is_sent_again(int status)
    {
        await using var api = await FakeApi.StartAsync();
        api.Faults = n => n <= 3 ? new Fault.Status(status) : null;
        var accepted = await api.Client().SendReportAsync(Report, "k1", default);
        Assert.Equal(api.Stored["k1"].Incident, accepted.IncidentId);
        Assert.Equal(4, api.Requests);
    }

    [Fact]
    public async Task A_connection_cut_after_the_report_was_stored_makes_no_second_one()
    {
        await using var api = await FakeApi.StartAsync();
        api.Faults = n => n switch { 1 => new Fault.CutBefore(), 2 => new Fault.CutAfter(), _ => null };
        var accepted = await api.Client().SendReportAsync(Report, "k1", default);
        Assert.Equal(Assert.Single(api.Stored).Value.Incident, accepted.IncidentId);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_not_sent_again()
    {
        await using var api = await FakeApi.StartAsync();
        api.StatusOf = _ => 400;
        var e = await Assert.ThrowsAsync<ApiException>(() => api.Client().SendReportAsync(Report, "k1", default));
        Assert.Equal((HttpStatusCode.BadRequest, "400 refused [text]", 1), (e.Status, e.Message, api.Requests));
    }

    [Fact]
    public async Task Attempts_end()
    {
        await using var api = await FakeApi.StartAsync();
        api.Faults = _ => new Fault.Status(503);
        var e = await Assert.ThrowsAsync<ApiException>(() => api.Client(attempts: 3).SendReportAsync(Report, "k1", default));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 3), (e.Status, api.Requests));
    }

    [Fact]
    public async Task A_patient_client_outlives_a_system_that_is_away_but_not_a_request_that_fails()
    {
        await using var api = await FakeApi.StartAsync();
        using var http = new HttpClient();
        var policy = new RetryPolicy(TimeProvider.System)
        {
            Attempts = 3,
            Patience = TimeSpan.FromMinutes(1),
            FirstDelay = TimeSpan.FromMilliseconds(1),
            LongestDelay = TimeSpan.FromMilliseconds(2),
        };
        var client = new ApiClient(http, api.Url, () => "token", policy, TimeProvider.System);
        api.Faults = n => n > 40 ? null : n % 2 == 0 ? new Fault.Status(503) : new Fault.CutBefore();
        await client.SendReportAsync(Report, "k1", default);
        Assert.Equal(41, api.Requests);
        api.Faults = _ => new Fault.Status(502);
        await Assert.ThrowsAsync<ApiException>(() => client.SendReportAsync(Report, "k2", default));
        Assert.Equal(44, api.Requests);
    }

    [Fact]
    public async Task The_time_that_a_server_names_is_read_from_its_answer()
    {
        await using var api = await FakeApi.StartAsync();
        api.Faults = _ => new Fault.Status(429, "7");
        var answer = await api.Client(attempts: 1).GetAsync("/reports", default);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.RetryAfter);
    }

    [Fact]
    public void A_delay_is_what_the_server_names_else_grows_with_chance_up_to_a_bound()
    {
        var policy = new RetryPolicy(TimeProvider.System) { Chance = () => 1, FirstDelay = TimeSpan.FromSeconds(1), LongestDelay = TimeSpan.FromSeconds(20) };
        Assert.Equal([1, 2, 4, 8, 16, 20], Enumerable.Range(1, 6).Select(n => policy.Delay(n, null).TotalSeconds));
        Assert.Equal(8, policy.Delay(1, TimeSpan.FromSeconds(7)).TotalSeconds);
        Assert.Equal(20, policy.Delay(1, TimeSpan.FromMinutes(5)).TotalSeconds);
        var lucky = new RetryPolicy(TimeProvider.System) { Chance = () => 0, FirstDelay = TimeSpan.FromSeconds(1) };
        Assert.Equal((0.5, 7), (lucky.Delay(1, null).TotalSeconds, lucky.Delay(1, TimeSpan.FromSeconds(7)).TotalSeconds));
    }
}
