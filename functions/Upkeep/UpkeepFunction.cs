using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Composition;
using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting;
using DomainFlow.Postgres;
using DomainFlow.Upkeep.Reconciling;
using DomainFlow.Upkeep.UseCases;

namespace DomainFlow.Upkeep;

/// <summary>
/// Keeps the stores in order. Takes <c>{"sweep":{"older_than_seconds"?}}</c> and <c>{"clean":{"older_than_seconds"?}}</c> by schedule and
/// <c>{"reconcile":{"tenant_id","fix"?,"cursor"?,"grace_seconds"?,"time_limit_seconds"?}}</c> from an operator; answers what it found, or
/// <c>{"errors":[{"field","message"}]}</c>.
/// </summary>
public sealed class UpkeepFunction(Sweep sweep, Clean clean, Reconcile reconcile)
{
    public static async Task<FunctionHandlers> WireAsync(FunctionEnvironment environment)
    {
        var clock = TimeProvider.System;
        var stores = await Stores.OpenAsync(environment, clock);
        var (tables, objects, search, database) = (stores.Tables, stores.Objects, stores.Search, stores.Database);
        var reports = new ReportBook(tables);
        var metrics = Metrics.Of(environment, clock);
        var bucket = environment["BUCKET_EVIDENCE"];
        var reading = new ReportComparison(reports, new IncidentReader(database), search, objects, new ConfigurationReader(database), bucket);
        var leftovers = new LeftoverSearch(reports, new IncidentInventory(database), search, objects, bucket);
        var mending = new Mending(reports, new IncidentProjection(database), search, objects, bucket, clock);
        var reconcile = new Reconcile(reading, leftovers, mending, metrics, clock);
        var sweep = new Sweep(reports, new QueryJobBook(tables), search, metrics, clock);
        return new() { Direct = new UpkeepFunction(sweep, new Clean(stores.StoredValuesAsync, objects, bucket, clock), reconcile).HandleAsync };
    }

    public async Task<byte[]> HandleAsync(JsonElement payload, Invocation invocation)
    {
        JsonObject answer;
        try
        {
            answer = await RunAsync(JsonNode.Parse(payload.GetRawText()) as JsonObject ?? [], invocation);
        }
        catch (PayloadException wrong)
        {
            answer = new() { ["errors"] = new JsonArray(new JsonObject { ["field"] = wrong.Field, ["message"] = wrong.Message }) };
        }

        return Encoding.UTF8.GetBytes(answer.ToJsonString());
    }

    private Task<JsonObject> RunAsync(JsonObject payload, Invocation invocation) => payload switch
    {
        { Count: 1 } when payload["sweep"] is JsonObject asked => sweep.RunAsync(new(asked, "sweep"), invocation),
        { Count: 1 } when payload["clean"] is JsonObject asked => clean.RunAsync(new(asked, "clean"), invocation),
        { Count: 1 } when payload["reconcile"] is JsonObject asked => reconcile.RunAsync(new(asked, "reconcile"), invocation),
        _ => throw new PayloadException("payload", "must be {\"sweep\":{}}, {\"clean\":{}} or {\"reconcile\":{\"tenant_id\":...}}"),
    };
}
