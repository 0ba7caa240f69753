using DomainFlow.Domain.Queries;
using DomainFlow.Hosting.Http;

namespace DomainFlow.Query.UseCases;

/// <summary>GET /queries/{id}: the job as it stands.</summary>
public sealed class GetQuery(QueryJobBook jobs)
{
    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        request.Query.Allow();
        var job = await jobs.FindAsync(request.PathId("query"), request.Caller.Tenant, request.Deadline);
        return job is null
            ? throw new ProblemException(Problem.NotFound("There is no query with this id", "id"))
            : ApiResult.Json(200, JobView.Of(job), QueryJson.Default.JobView);
    }
}
