using DomainFlow.Hosting.Http;
using Npgsql;

namespace DomainFlow.Query.UseCases;

/// <summary>GET /health: 200 where the function and its database answer; a database that does not is a 503, as on every route.</summary>
public sealed class CheckHealth(NpgsqlDataSource database)
{
    /// <param name="Status">ok.</param>
    public sealed record Health(string Status);

    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        request.Query.Allow();
        await using var command = database.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(request.Deadline);
        return ApiResult.Json(200, new Health("ok"), QueryJson.Default.Health);
    }
}
