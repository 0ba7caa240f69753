using System.CommandLine;
using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Upkeep;

/// <summary>Lists what failed for good, and puts it back.</summary>
internal static class DeadLetterCommands
{
    private static readonly Option<DirectoryInfo> State = CommonOptions.State();
    private static readonly Option<string> Url = CommonOptions.Url();
    private static readonly Option<string?> Queue = new("--queue") { Description = "Only of this queue: its own name, or that of the queue where the message failed" };
    private static readonly Option<Guid?> Message = new("--message") { Description = "Only this one" };
    private static readonly Option<int> Limit = new("--limit") { Description = "Show at most so many", DefaultValueFactory = _ => 100 };
    private static readonly Option<bool> All = new("--all") { Description = "All of them" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what would be put back" };

    public static Command CreateList()
    {
        var command = new Command("dead-letters", "List the messages that failed for good") { State, Url, Queue, Message, Limit };
        command.SetAction((parsed, token) => ClientRun.GuardAsync(run => ListAsync(run, parsed, token), token));
        return command;
    }

    public static Command CreateRedrive()
    {
        var command = new Command("redrive", "Put messages that failed for good back into their queues") { State, Url, Queue, Message, All, DryRun };
        command.SetAction((parsed, token) => ClientRun.GuardAsync(run => RedriveAsync(run, parsed, token), token));
        return command;
    }

    private static async Task<int> ListAsync(ClientRun run, ParseResult parsed, CancellationToken cancellationToken)
    {
        var query = $"limit={parsed.GetValue(Limit)}&queue={Uri.EscapeDataString(parsed.GetValue(Queue) ?? "")}&message={parsed.GetValue(Message)}";
        var (answer, _) = await Door(run, parsed).SendAsync(HttpMethod.Get, "/_queues/dead-letters?" + query, null, "the host", cancellationToken);
        await WriteAsync(run.Out, answer);
        await run.Out.WriteLineAsync($"{answer!["total"]} dead letters");
        return 0;
    }

    private static async Task<int> RedriveAsync(ClientRun run, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (queue, message) = (parsed.GetValue(Queue), parsed.GetValue(Message));
        if (queue is null && message is null && !parsed.GetValue(All)) throw new ClientException("say which: --message ID, --queue QUEUE or --all");
        if (parsed.GetValue(All) && (queue is not null || message is not null)) throw new ClientException("--all goes without --queue and --message");
        var body = new JsonObject { ["queue"] = queue, ["message"] = message?.ToString(), ["dry_run"] = parsed.GetValue(DryRun) };
        var (answer, _) = await Door(run, parsed).SendAsync(HttpMethod.Post, "/_queues/redrive", body, "the host", cancellationToken);
        await WriteAsync(run.Out, answer);
        await run.Out.WriteLineAsync(answer!["would"] is { } would ? $"{would} would be put back" : $"{answer["redriven"]} put back");
        return message is not null && answer["items"]!.AsArray().Count == 0 ? throw new ClientException($"there is no dead letter {message}") : 0;
    }

    private static SignedDoor Door(ClientRun run, ParseResult parsed) => run.Operator(parsed.GetRequiredValue(Url), parsed.GetRequiredValue(State).FullName);

    private static async Task WriteAsync(TextWriter output, JsonNode? answer)
    {
        foreach (var letter in answer!["items"]!.AsArray())
        {
            await output.WriteLineAsync($"{letter!["queue"]}  {letter["id"]}  {letter["died_at"]}  {letter["deliveries"]} deliveries  {letter["about"]}");
            await output.WriteLineAsync($"    {letter["reason"]}");
        }
    }
}
