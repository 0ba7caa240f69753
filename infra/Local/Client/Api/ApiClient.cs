using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Topology;

namespace DomainFlow.Local.Client.Api;

/// <summary>One user's calls of the HTTP interface.</summary>
/// <param name="baseUrl">Where the gateway is, with or without the interface's base path.</param>
/// <param name="token">The user's ID token.</param>
public sealed class ApiClient(HttpClient http, string baseUrl, Func<string> token, RetryPolicy retries, TimeProvider clock)
{
    /// <summary>A little more than the gateway gives a function.</summary>
    private static readonly TimeSpan CallBound = TimeSpan.FromSeconds(SystemMap.IntegrationTimeoutSeconds + 6);
    private static readonly TimeSpan UploadBound = TimeSpan.FromSeconds(60);

    /// <summary>What marks the answer to a repeat under a used Idempotency-Key.</summary>
    public const string RepeatHeader = "Idempotent-Replayed";

    private readonly string root = Root(baseUrl);

    /// <summary>Where the gateway is, without the interface's base path.</summary>
    public static string Gateway(string url)
    {
        var trimmed = url.TrimEnd('/');
        return trimmed.EndsWith(SystemMap.ApiBase, StringComparison.Ordinal) ? trimmed[..^SystemMap.ApiBase.Length] : trimmed;
    }

    public static string Root(string url) => Gateway(url) + SystemMap.ApiBase;

    /// <exception cref="ApiException">Refused.</exception>
    public async Task<AcceptedReport> SendReportAsync(ReportToSend report, string idempotencyKey, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(report, Wire.Options);
        var answer = await SendAsync(HttpMethod.Post, "/reports", body, idempotencyKey, cancellationToken);
        return answer.Read<AcceptedReport>() with { IsRepeat = answer.IsRepeat };
    }

    /// <exception cref="ApiException">Refused; 404 for another tenant's report.</exception>
    public Task<ReportState> ReportAsync(Guid incident, CancellationToken cancellationToken) => GetAsync<ReportState>($"/reports/{incident}", cancellationToken);

    /// <summary>All reports of a domain as the list shows them, over as many pages as there are.</summary>
    public async Task<IReadOnlyList<ReportLineState>> ListReportsAsync(string domain, CancellationToken cancellationToken)
    {
        var all = new List<ReportLineState>();
        var filter = new Dictionary<string, string> { ["domain_id"] = domain };
        await foreach (var page in PagesAsync<ReportLineState>("/reports", filter, cancellationToken)) all.AddRange(page);
        return all;
    }

    /// <summary>A list's pages of 100, one after the other, until there is nothing more now.</summary>
    /// <param name="filter">Query parameters.</param>
    /// <exception cref="ApiException">Refused.</exception>
    public async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        string path, IReadOnlyDictionary<string, string> filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = string.Concat(filter.Select(f => $"&{f.Key}={Uri.EscapeDataString(f.Value)}"));
        string? cursor = null;
        do
        {
            var after = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = await GetAsync<PageState<T>>($"{path}?limit=100{query}{after}", cancellationToken);
            // A list of changes can be followed without end: its last page is empty and has a cursor.
            if (page.Items.Count == 0) yield break;
            yield return page.Items;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>Asks, and follows the job until it is answered.</summary>
    /// <exception cref="ApiException">Refused.</exception>
    /// <exception cref="ClientException">Not answered within <paramref name="bound"/>.</exception>
    public async Task<QueryState> AskAsync(
        string domain, string question, double waitSeconds, TimeSpan bound, CancellationToken cancellationToken, Guid? session = null)
    {
        var body = JsonSerializer.Serialize(new { domain_id = domain, question, wait_seconds = waitSeconds, session_id = session }, Wire.Options);
        var started = clock.GetTimestamp();
        var state = (await SendAsync(HttpMethod.Post, "/queries", body, $"ask-{Guid.NewGuid():N}", cancellationToken)).Read<QueryState>();
        while (!state.IsFinished)
        {
            if (clock.GetElapsedTime(started) > bound)
                throw new ClientException($"query {state.QueryId} is still {state.Status} after {bound.TotalSeconds:0} s");
            await Task.Delay(TimeSpan.FromMilliseconds(500), clock, cancellationToken);
            state = await GetAsync<QueryState>($"/queries/{state.QueryId}", cancellationToken);
        }

        return state;
    }

    /// <exception cref="ApiException">Refused.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => (await GetAsync(path, cancellationToken)).Read<T>();

    /// <summary>A write that may be done twice: one whose answer is lost is sent again.</summary>
    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken) =>
        SendAsync(method, path, body?.ToJsonString(), null, cancellationToken);

    public Task<ApiAnswer> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, null, cancellationToken);

    /// <summary>Follows a signed link, as a browser would.</summary>
    public Task<ApiAnswer> FollowAsync(Uri link, CancellationToken cancellationToken) =>
        retries.RunAsync(token => ExchangeAsync(new HttpRequestMessage(HttpMethod.Get, link), UploadBound, token), cancellationToken);

    /// <summary>Sends a file by its form, as a browser would: the granted fields first, the file last.</summary>
    public Task<ApiAnswer> UploadAsync(UploadForm form, string fileName, byte[] content, CancellationToken cancellationToken) =>
        // The same object under the same key: a repeat changes nothing.
        retries.RunAsync(token => SendFormAsync(form, fileName, content, token), cancellationToken);

    private Task<ApiAnswer> SendFormAsync(UploadForm form, string fileName, byte[] content, CancellationToken cancellationToken)
    {
        var body = new MultipartFormDataContent($"----form{Guid.NewGuid():N}");
        foreach (var (name, value) in form.Fields) body.Add(Field(name, Encoding.UTF8.GetBytes(value)));
        var file = Field("file", content);
        file.Headers.ContentDisposition!.FileName = $"\"{fileName}\"";
        file.Headers.ContentType = new MediaTypeHeaderValue(form.Fields.GetValueOrDefault("Content-Type", "application/octet-stream"));
        body.Add(file);
        return ExchangeAsync(new HttpRequestMessage(HttpMethod.Post, form.Url) { Content = body }, UploadBound, cancellationToken);
    }

    private static ByteArrayContent Field(string name, byte[] value)
    {
        var part = new ByteArrayContent(value);
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
        return part;
    }

    private Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body, string? idempotencyKey, CancellationToken cancellationToken) =>
        retries.RunAsync(
            attempt =>
            {
                var request = new HttpRequestMessage(method, root + path);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token());
                if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
                if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                return ExchangeAsync(request, CallBound, attempt);
            },
            cancellationToken);

    private async Task<ApiAnswer> ExchangeAsync(HttpRequestMessage request, TimeSpan bound, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(bound, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using (request)
        {
            try
            {
                using var response = await http.SendAsync(request, both.Token);
                var text = await response.Content.ReadAsStringAsync(both.Token);
                return new ApiAnswer(response.StatusCode, text, RetryAfter(response), response.Headers.Contains(RepeatHeader));
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"no answer from {request.RequestUri} within {bound.TotalSeconds:0} s", e);
            }
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };
}
