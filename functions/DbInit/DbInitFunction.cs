using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Aws;
using DomainFlow.Composition;
using DomainFlow.DbInit.Schema;
using DomainFlow.DbInit.Tenants;
using DomainFlow.DbInit.UseCases;
using DomainFlow.Hosting;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Postgres;
using DomainFlow.Search;

namespace DomainFlow.DbInit;

/// <summary>
/// Lays the schema and makes tenants, as the schema's owner. Takes <c>{}</c>, <c>{"tenant":{...}}</c> and the events of a CloudFormation
/// custom resource; answers what it did, or <c>{"errors":[{"field","message"}]}</c>.
/// </summary>
public sealed class DbInitFunction(
    LaySchema laySchema, MakeTenant makeTenant, AnswerCloudFormation answerCloudFormation, TimeProvider clock)
{
    public static async Task<FunctionHandlers> WireAsync(FunctionEnvironment environment)
    {
        var clock = TimeProvider.System;
        var database = await Database.OpenAsync(environment);
        var role = new FunctionsRole(await FunctionsCredentialsAsync(environment), Database.Settings(environment));
        var search = Search(SearchSettings.Read(environment.Optional, clock));
        var laySchema = new LaySchema(database, role, BuiltInAgents.All, environment.IsEmbedded || search is null, clock, search);
        var answer = new AnswerCloudFormation(laySchema, new HttpClient { Timeout = TimeSpan.FromSeconds(5) }, clock);
        var function = new DbInitFunction(laySchema, new MakeTenant(database, clock), answer, clock);
        return new() { Direct = function.HandleAsync };
    }

    public async Task<byte[]> HandleAsync(JsonElement payload, Invocation invocation)
    {
        var answer = AnswerCloudFormation.Takes(payload)
            ? await answerCloudFormation.RunAsync(payload, invocation)
            : await RunAsync(payload, invocation.Deadline);
        return Encoding.UTF8.GetBytes(answer.ToJsonString());
    }

    private async Task<JsonObject> RunAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        var (started, log, errors) = (clock.GetTimestamp(), new WorkLog(), new List<FieldError>());
        new JsonFields(payload, "payload", errors).Only("tenant");
        TenantRequest? request = null;
        if (errors.Count == 0 && payload.TryGetProperty("tenant", out var tenant)) request = TenantRequestReader.Read(tenant, errors);
        if (errors.Count > 0) return Refused(errors);

        if (await laySchema.RunAsync(log, cancellationToken) is { } inTheWay) return Refused([inTheWay]);
        if (request is not null && await makeTenant.RunAsync(request, log, cancellationToken) is { } refused) return Refused([refused]);

        var answer = log.ToJson(clock.GetElapsedTime(started));
        answer["tenant"] = request is null ? null : request.Id.ToString();
        return answer;
    }

    private static JsonObject Refused(IEnumerable<FieldError> errors) => new()
    {
        ["errors"] = new JsonArray([.. errors.Select(error => new JsonObject { ["field"] = error.Field, ["message"] = error.Message })]),
    };

    /// <summary>A collection's policy may have been made by the very deployment that calls.</summary>
    private static OpenSearchIndex? Search(OpenSearchOptions? settings) =>
        settings is null ? null
        : settings.Service == SearchService.Domain ? new(settings)
        : new(settings with { AwaitsAccess = true, Patience = TimeSpan.FromMinutes(2) });

    private static async Task<DatabaseCredentials> FunctionsCredentialsAsync(FunctionEnvironment environment) =>
        environment.Optional("DB_FUNCTIONS_SECRET_ARN") is { } secret
            ? await new SecretsManagerCredentials(secret).ReadAsync(CancellationToken.None)
            : new DatabaseCredentials(environment["DB_FUNCTIONS_USER"], environment["DB_FUNCTIONS_PASSWORD"]);
}
