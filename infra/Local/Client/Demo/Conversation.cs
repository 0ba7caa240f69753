using System.Net;
using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Demo;

/// <summary>A chat session from its first question until it is deleted.</summary>
internal sealed class Conversation(ClientRun run, ApiClient api, string domain, Findings findings)
{
    private static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(60);

    public async Task HoldAsync(IReadOnlyList<string> questions, CancellationToken cancellationToken)
    {
        var opened = (await api.SendAsync(HttpMethod.Post, "/sessions", new JsonObject { ["domain_id"] = domain }, cancellationToken)).Read<JsonObject>();
        var session = Guid.Parse((string)opened["session_id"]!);
        foreach (var question in questions) await api.AskAsync(domain, question, 25, AnswerBound, cancellationToken, session);

        // What is listed by an index may come a moment later.
        var (said, started) = (0, run.Clock.GetTimestamp());
        while ((said = await CountAsync($"/sessions/{session}/messages", cancellationToken)) < 2 * questions.Count && run.Clock.GetElapsedTime(started) < AnswerBound)
            await Task.Delay(TimeSpan.FromMilliseconds(200), run.Clock, cancellationToken);
        findings.Expect(said == 2 * questions.Count, $"{questions.Count} questions and answers of a session make {said} messages");
        var listed = (await api.GetAsync<JsonObject>("/sessions", cancellationToken))["items"]!.AsArray();
        findings.Expect(listed.Any(one => (string?)one!["session_id"] == session.ToString()), "the caller's session is not listed");

        await api.SendAsync(HttpMethod.Delete, $"/sessions/{session}", null, cancellationToken);
        var gone = await api.GetAsync($"/sessions/{session}", cancellationToken);
        if (findings.Expect(gone.Status == HttpStatusCode.NotFound, $"a deleted session is answered {(int)gone.Status}"))
            await run.Out.WriteLineAsync($"  a session: {said} messages, deleted with it");
    }

    private async Task<int> CountAsync(string path, CancellationToken cancellationToken) =>
        (await api.GetAsync<JsonObject>(path, cancellationToken))["items"]!.AsArray().Count;
}
