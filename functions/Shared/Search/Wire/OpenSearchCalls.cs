using System.Text.Json;
using Amazon;
using DomainFlow.Domain.Search;
using OpenSearch.Net;
using OpenSearch.Net.Auth.AwsSigV4;

namespace DomainFlow.Search.Wire;

/// <summary>Sends requests and tells apart what was answered, what may be tried again and what is wrong for good.</summary>
internal sealed class OpenSearchCalls : IDisposable
{
    private readonly ConnectionConfiguration configuration;
    private readonly OpenSearchOptions options;

    public OpenSearchCalls(OpenSearchOptions options)
    {
        this.options = options;
        configuration = new ConnectionConfiguration(new SingleNodeConnectionPool(options.Endpoint), options.Connection ?? Connect(options))
            .RequestTimeout(options.RequestTimeout)
            .EnableHttpCompression(options.IsCompressed)
            .DisablePing()
            .MaximumRetries(0)
            .ThrowExceptions(false);
        Client = new OpenSearchLowLevelClient(configuration);
    }

    public OpenSearchLowLevelClient Client { get; }

    /// <summary>The answer to a request that is safe to repeat, tried again while the service is busy or away.</summary>
    /// <param name="isAnswer">Statuses besides success that say something to the caller.</param>
    /// <exception cref="SearchUnavailableException">It stayed so.</exception>
    /// <exception cref="InvalidOperationException">The request is refused.</exception>
    public async Task<CallAnswer> AskAsync(
        Func<OpenSearchLowLevelClient, CancellationToken, Task<BytesResponse>> request, CancellationToken cancellationToken, params int[] isAnswer)
    {
        var retry = new Retry(options);
        while (true)
        {
            var answer = await OnceAsync(request, cancellationToken);
            if (answer.IsSuccess || isAnswer.Contains(answer.Status ?? 0))
                return answer;
            if (!answer.IsTransient && !(options.AwaitsAccess && answer.Status == 403))
                throw new InvalidOperationException($"OpenSearch refuses the request: {answer.Reason}");
            if (!await retry.WaitAsync(cancellationToken))
                throw new SearchUnavailableException(answer.Reason, answer.Failure);
        }
    }

    /// <summary>One try. What does not reach the service, or what it does not answer in time, gives an answer without a status.</summary>
    public async Task<CallAnswer> OnceAsync(
        Func<OpenSearchLowLevelClient, CancellationToken, Task<BytesResponse>> request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await request(Client, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return new(response.HttpStatusCode, response.Body, response.OriginalException);
        }
        catch (OpenSearchClientException broken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(null, null, broken);
        }
    }

    public void Dispose() => ((IDisposable)configuration).Dispose();

    private static IConnection Connect(OpenSearchOptions options)
    {
        if (!options.IsSigned)
            return new HttpConnection();
        var service = options.IsServerless ? AwsSigV4HttpConnection.OpenSearchServerlessService : AwsSigV4HttpConnection.OpenSearchService;
        return options.Region is { } region
            ? new AwsSigV4HttpConnection(RegionEndpoint.GetBySystemName(region), service)
            : new AwsSigV4HttpConnection(service);
    }
}

/// <param name="Status">Null where no answer came.</param>
internal sealed record CallAnswer(int? Status, byte[]? Body, Exception? Failure)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The same request may pass later.</summary>
    public bool IsTransient => Status is null or 408 or 429 or >= 500;

    public string Reason => Status is null ? Failure?.Message ?? "no answer" : $"{Status} {Error() ?? Failure?.Message}".TrimEnd();

    /// <exception cref="SearchUnavailableException">The body is no JSON: something on the way has answered.</exception>
    public JsonDocument Json()
    {
        try
        {
            return JsonDocument.Parse(Body);
        }
        catch (JsonException cut)
        {
            throw new SearchUnavailableException($"the answer with status {Status} is no JSON", cut);
        }
    }

    private string? Error()
    {
        try
        {
            using var json = JsonDocument.Parse(Body ?? []);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out var error) ? ErrorText.Of(error) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
