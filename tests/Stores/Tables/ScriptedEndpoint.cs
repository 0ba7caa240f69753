using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace DomainFlow.Stores.Tests.Tables;

/// <summary>The wire under an SDK's client: each call is answered by the next of what was planned, else it goes on to the server.</summary>
public sealed class ScriptedEndpoint : HttpClientFactory
{
    private readonly Queue<Answer> planned = new();
    private readonly List<(string Operation, JsonObject Request)> calls = [];

    /// <param name="forward">Sends the call to the server.</param>
    public delegate Task<HttpResponseMessage> Answer(Func<Task<HttpResponseMessage>> forward);

    /// <summary>Every call that reached the wire, such as PutItem, with its request.</summary>
    public IReadOnlyList<(string Operation, JsonObject Request)> Calls
    {
        get
        {
            lock (planned)
                return [.. calls];
        }
    }

    /// <summary>Called after each call was noted.</summary>
    public Action<string> OnCall { get; set; } = _ => { };

    public static Answer Json(string json) => _ => Task.FromResult(Response(HttpStatusCode.OK, json));

    public static Answer Error(string code, int status = 400, string more = "") => _ => Task.FromResult(ErrorResponse(code, status, more));

    /// <summary>The server does what it was asked; the answer is lost on its way.</summary>
    public static Answer LostAnswer { get; } = async forward =>
    {
        (await forward()).Dispose();
        return ErrorResponse("InternalServerError", 500, "");
    };

    public static Answer Forward { get; } = forward => forward();

    public static Answer Broken(Exception e) => _ => throw e;

    public static Answer After(Func<Task> first, Answer answer) => async forward =>
    {
        await first();
        return await answer(forward);
    };

    public ScriptedEndpoint Plan(params Answer[] answers)
    {
        foreach (var answer in answers)
            planned.Enqueue(answer);
        return this;
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

    private static HttpResponseMessage ErrorResponse(string code, int status, string more) =>
        Response((HttpStatusCode)status, $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{code}}","message":"{{code}} was planned"{{more}}}""");

    private static HttpResponseMessage Response(HttpStatusCode status, string json) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/x-amz-json-1.0") };

    private Answer? Note(string operation, JsonObject request)
    {
        lock (planned)
        {
            calls.Add((operation, request));
            return planned.TryDequeue(out var answer) ? answer : null;
        }
    }

    private sealed class Handler(ScriptedEndpoint endpoint) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1];
            var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
            var answer = endpoint.Note(operation, body);
            endpoint.OnCall(operation);
            var response = answer is null ? await base.SendAsync(request, cancellationToken) : await answer(() => base.SendAsync(request, cancellationToken));
            response.RequestMessage ??= request;
            return response;
        }
    }
}
