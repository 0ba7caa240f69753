using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Questions;
using Microsoft.Extensions.AI;

namespace DomainFlow.Playbooks.Offline;

/// <summary>One turn of a query agent: first it calls its tools with the filters of the question, then it answers from their results.</summary>
internal static class QuestionTurn
{
    private static readonly string[] Sides = ["who", "what", "where", "when", "why", "how", "which", "how_many", "how_much", "from_where", "what_kind"];

    public static IList<AIContent> Next(
        string agent, IReadOnlyList<ChatMessage> messages, IReadOnlyDictionary<string, string> blocks, IList<AITool> tools, JsonObject schema)
    {
        var question = Asked.Read(blocks);
        if (Array.IndexOf(Sides, agent) >= 0 && !QuestionSides.Of(question.Form, question.Language, question.Kind).Contains(agent))
            return [Answer(QuestionAnswer.None, schema)];
        var calls = Calls(agent, question).Where(call => tools.Any(tool => tool.Name == call.Name)).ToList();
        var results = messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>()
            .ToDictionary(result => result.CallId, result => result.Result as string ?? "");
        if (results.Count == 0 && calls.Count > 0)
            return [.. calls.Select(call => (AIContent)new FunctionCallContent(call.Id, call.Name, call.Arguments))];
        return [Answer(QuestionAnswer.Of(agent, question, Evidence.Read(question, results)), schema)];
    }

    private static IEnumerable<Call> Calls(string agent, Asked question)
    {
        var grouped = Grouping.Of(agent, question);
        if (agent == "how_many" || grouped is not null)
        {
            var arguments = question.Arguments();
            if (question.Topic.Count > 0)
                arguments["text"] = question.TopicQuery;
            if (agent == "how_many" && question.Topic.Count > 0)
                yield return new Call("counted", QueryTools.List, new(arguments) { ["limit"] = 10 });
            if (grouped is not null)
                arguments["group_by"] = grouped;
            yield return new Call("count", QueryTools.Count, arguments);
        }

        yield return Found(question);
        if (question.Topic.Count > 0 && question.HasFilter && question.Order is null)
        {
            // A year or a name may stand in the report instead of being a time or a place of it.
            yield return new Call("wide", QueryTools.Search, new() { ["limit"] = 5, ["query"] = question.Text });
        }
    }

    private static Call Found(Asked question)
    {
        var found = question.Arguments();
        found["limit"] = question.Order is null ? 20 : 1;
        if (question.Topic.Count > 0 && question.Order is null)
            return new Call("found", QueryTools.Search, new(found) { ["query"] = question.Text });
        if (question.Topic.Count > 0)
            found["text"] = question.TopicQuery;
        if (question.Order is not null)
            found["order"] = question.Order;
        return new Call("found", QueryTools.List, found);
    }

    private static TextContent Answer(QuestionAnswer answer, JsonObject schema)
    {
        var json = new JsonObject();
        foreach (var (key, inner) in schema["properties"] as JsonObject ?? [])
        {
            json[key] = key switch
            {
                "answer" => answer.Text,
                "confidence" => Math.Round(answer.Confidence, 2),
                "sources" => JsonText.Array(answer.Sources),
                "quote" => answer.Quote,
                _ when inner is JsonObject known && SchemaTypes.AllowsNull(known) => null,
                _ => "",
            };
        }

        return new TextContent(JsonText.Write(json));
    }

    private sealed record Call(string Id, string Name, Dictionary<string, object?> Arguments);
}
