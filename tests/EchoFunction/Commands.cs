using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace DomainFlow.EchoFunction;

/// <summary>What the test function does, by the payload: a proxy event's body, a queue message's body, or the payload itself holds the command.</summary>
internal static class Commands
{
    private static int count;

    public static async Task<string> RunAsync(JsonNode? payload, HttpResponseHeaders headers)
    {
        if (payload?["Records"] is JsonArray records && records[0]?["eventSource"]?.ToString() == "aws:sqs") return await BatchAsync(records);
        if (Environment.GetEnvironmentVariable("ECHO_EVENTS_FILE") is { } file && payload?["Records"] is not null)
            await File.AppendAllTextAsync(file, payload.ToJsonString() + "\n");
        if (payload?["httpMethod"] is null) return await CommandAsync(payload, payload, headers);
        var body = payload["body"] is { } text ? Command(text.ToString(), payload["isBase64Encoded"]!.GetValue<bool>()) : null;
        var answer = await CommandAsync(body, payload, headers);
        return body?["command"]?.ToString() == "raw"
            ? answer
            : new JsonObject { ["statusCode"] = 200, ["headers"] = new JsonObject { ["X-Echo"] = "1" }, ["body"] = answer }.ToJsonString();
    }

    private static async Task<string> CommandAsync(JsonNode? command, JsonNode? whole, HttpResponseHeaders headers)
    {
        switch (command?["command"]?.ToString())
        {
            case "throw":
                throw new InvalidOperationException("thrown as told");
            case "die":
                Environment.Exit(7);
                return "";
            case "hang":
                await Task.Delay(Timeout.Infinite);
                return "";
            case "slow":
                await Task.Delay(command["ms"]!.GetValue<int>());
                return new JsonObject { ["pid"] = Environment.ProcessId }.ToJsonString();
            case "raw":
                return command["answer"]!.ToString();
            case "print":
                Console.WriteLine(command["text"]!.ToString());
                return "\"printed\"";
            case "meet":
                return await MeetAsync(command["folder"]!.ToString(), command["guests"]!.GetValue<int>());
            case "keep":
                await File.AppendAllTextAsync(command["file"]!.ToString(), command["text"] + "\n");
                return "\"kept\"";
            case "keep-and-throw":
                await File.AppendAllTextAsync(command["file"]!.ToString(), command["text"] + "\n");
                throw new InvalidOperationException("thrown after keeping");
            case "about":
                return new JsonObject
                {
                    ["pid"] = Environment.ProcessId,
                    ["count"] = ++count,
                    ["arn"] = headers.GetValues("Lambda-Runtime-Invoked-Function-Arn").Single(),
                    ["deadline"] = long.Parse(headers.GetValues("Lambda-Runtime-Deadline-Ms").Single()),
                    ["trace"] = headers.GetValues("Lambda-Runtime-Trace-Id").Single(),
                }.ToJsonString();
            case "variable":
                return new JsonObject { ["value"] = Environment.GetEnvironmentVariable(command["name"]!.ToString()) }.ToJsonString();
            default:
                return whole?.ToJsonString() ?? "null";
        }
    }

    /// <summary>Answers only once so many invocations run at the same time.</summary>
    private static async Task<string> MeetAsync(string folder, int guests)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, Guid.NewGuid().ToString()), "");
        while (Directory.GetFiles(folder).Length < guests) await Task.Delay(10);
        return "\"met\"";
    }

    /// <summary>Each message says {"id", "file", "fail"?: "item"|"empty"|"unknown"|"throw"}; the file gets a line for each delivery.</summary>
    private static async Task<string> BatchAsync(JsonArray records)
    {
        var failures = new JsonArray();
        foreach (var record in records)
        {
            var body = JsonNode.Parse(record!["body"]!.ToString())!;
            if (body["file"] is { } file)
                await File.AppendAllTextAsync(file.ToString(), $"{body["id"]} {record["attributes"]!["ApproximateReceiveCount"]} {record.ToJsonString()}\n");
            if (body["meet"] is { } folder) await MeetAsync(folder.ToString(), body["guests"]!.GetValue<int>());
            switch ((body["fail"] ?? body["keys"]?["fail"])?.ToString())
            {
                case "item":
                    failures.Add(new JsonObject { ["itemIdentifier"] = record["messageId"]!.ToString() });
                    break;
                case "empty":
                    failures.Add(new JsonObject { ["itemIdentifier"] = "" });
                    break;
                case "unknown":
                    failures.Add(new JsonObject { ["itemIdentifier"] = Guid.NewGuid().ToString() });
                    break;
                case "throw":
                    throw new InvalidOperationException("the batch failed as told");
            }
        }

        return failures.Count == 0 ? "" : new JsonObject { ["batchItemFailures"] = failures }.ToJsonString();
    }

    /// <summary>Null for a body that is no JSON.</summary>
    private static JsonNode? Command(string body, bool isBase64)
    {
        try
        {
            return isBase64 ? JsonNode.Parse(Convert.FromBase64String(body)) : JsonNode.Parse(body);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
