using DomainFlow.Domain.Queries;
using DomainFlow.Hosting.Http;

namespace DomainFlow.Query.UseCases;

/// <summary>GET /queries/{id}: the job as it stands, for who asked and for admins; a session's questions are nobody else's.</summary>
public sealed class GetQuery(QueryJobBook jobs)
{
    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var withLog = JobView.WantsLog(request.Query);
        var caller = request.Caller;
        var job = await jobs.FindAsync(request.PathId("query"), caller.Tenant, request.Deadline);
        return job is null || (job.CreatedBy != caller.User && !caller.IsAdmin)
            ? throw new ProblemException(Problem.NotFound("There is no query with this id", "id"))
            : ApiResult.Json(200, JobView.Of(job, withLog), QueryJson.Default.JobView);
    }
}
