using DomainFlow.Composition;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Hosting;
using DomainFlow.Ingest.UseCases;
using DomainFlow.Ingest.UseCases.Changes;
using DomainFlow.Postgres;

namespace DomainFlow.Ingest;

/// <summary>Takes reports and photos; answers reads of reports.</summary>
public static class IngestFunction
{
    public static async Task<FunctionHandlers> WireAsync(FunctionEnvironment environment)
    {
        var clock = TimeProvider.System;
        var stores = await Stores.OpenAsync(environment, clock);
        return Handlers(stores, environment["BUCKET_EVIDENCE"], clock);
    }

    private static FunctionHandlers Handlers(Stores stores, string bucket, TimeProvider clock)
    {
        var (tables, objects, database) = (stores.Tables, stores.Objects, stores.Database);
        var reports = new ReportBook(tables);
        var uploads = new UploadGrants(objects, bucket, clock);
        var configurations = new ConfigurationReader(database, stores.Shared);
        var create = new CreateReport(reports, new AccountBook(tables, clock, stores.Shared), configurations, uploads, clock);
        var get = new GetReport(reports, objects, clock);
        var (incidents, filters) = (new IncidentReader(database), new ReportFilters(configurations));
        var list = new ListReports(incidents, filters, new CursorSecret(database));
        var change = new ReportChange(reports, clock);
        var photo = new JudgePhoto(reports, objects, clock);
        return new()
        {
            Api = new(new Dictionary<string, Func<Hosting.Http.ApiRequest, Task<Hosting.Http.ApiResult>>>
            {
                ["POST /reports"] = create.HandleAsync,
                ["GET /reports"] = list.HandleAsync,
                ["GET /reports/{id}"] = get.HandleAsync,
                ["PUT /reports/{id}"] = new ManageReport(change, configurations, get).HandleAsync,
                ["PATCH /reports/{id}"] = new CorrectReport(change, configurations, get).HandleAsync,
                ["DELETE /reports/{id}"] = new DeleteReport(change).HandleAsync,
                ["POST /reports/reprocess"] = new ReprocessMatching(incidents, filters, reports, clock).HandleAsync,
                ["POST /reports/{id}/reprocess"] = new ReprocessReport(change).HandleAsync,
            }, stores.RateLimit, stores.AllowedOrigins),
            ObjectCreated = photo.HandleAsync,
        };
    }
}
