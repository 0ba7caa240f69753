using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Search;
using OpenSearch.Net;

namespace DomainFlow.Stores.Tests.Search;

/// <summary>A connection that ends in a function: the index is there and fits; what a bulk request is answered, the test says.</summary>
internal sealed class FakeOpenSearch(Func<FakeRequest, FakeAnswer> answer, SearchService service = SearchService.Domain) : HttpConnection
{
    public List<FakeRequest> Requests { get; } = [];

    private SearchService Service => service;

    public static OpenSearchOptions Options(HttpConnection connection, TimeProvider clock, int seed = 1) => new(new Uri("http://search.invalid:9200"))
    {
        Connection = connection,
        Clock = clock,
        Jitter = new Random(seed),
    };

    protected override HttpMessageHandler CreateHttpClientHandler(RequestData requestData) => new Handler(this);

    private sealed class Handler(FakeOpenSearch fake) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var asked = new FakeRequest(request.Method.Method, request.RequestUri!.PathAndQuery, body);
            fake.Requests.Add(asked);
            var (status, text) = asked is { Method: "GET" } ? new FakeAnswer(200, Definition(fake.Service)) : fake.Answer(asked);
            return status == 0
                ? throw new HttpRequestException("Connection refused")
                : new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        }

        /// <summary>As a node answers for an index that the adapter made with its usual options.</summary>
        private static string Definition(SearchService service)
        {
            var made = DomainFlow.Search.Indexes.IndexDefinition.Of(new OpenSearchOptions(new Uri("http://search.invalid")) { Service = service });
            return new JsonObject { ["incident_embeddings"] = made }.ToJsonString();
        }
    }

    private FakeAnswer Answer(FakeRequest request) => answer(request);
}

/// <param name="Path">With the query string.</param>
internal sealed record FakeRequest(string Method, string Path, string Body)
{
    public IReadOnlyList<JsonNode> Lines => [.. Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    /// <summary>The action lines of a bulk request.</summary>
    public IReadOnlyList<JsonObject> Actions => [.. Lines.Select(line => line["index"] ?? line["delete"]).OfType<JsonObject>()];
}

/// <param name="Status">0: nobody answers.</param>
internal sealed record FakeAnswer(int Status, string Body);
