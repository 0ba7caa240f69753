using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Lambda.TestUtilities;
using DomainFlow.DbInit;
using DomainFlow.DbInit.UseCases;
using DomainFlow.Hosting;

namespace DomainFlow.Integration.Tests.Infrastructure;

/// <summary>Hands payloads to DbInit as Lambda would, in this process.</summary>
internal static class DbInitDriver
{
    public static async Task<JsonObject> InvokeAsync(TestDatabase database, string payload)
    {
        await using var owner = await database.ConnectAsync(database.Owner);
        var schema = database.Schema(owner);
        using var http = new HttpClient();
        var function = new DbInitFunction(
            schema,
            new MakeTenant(owner, TimeProvider.System),
            new AnswerCloudFormation(schema, http, TimeProvider.System),
            TimeProvider.System);
        using var json = JsonDocument.Parse(payload);
        using var invocation = new Invocation(new TestLambdaContext { AwsRequestId = "r", RemainingTime = TimeSpan.FromMinutes(2) });
        return JsonNode.Parse(await function.HandleAsync(json.RootElement, invocation))!.AsObject();
    }
}
