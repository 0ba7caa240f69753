using System.Data.Common;
using Amazon.Lambda.APIGatewayEvents;
using DomainFlow.Domain.Storage;
using DomainFlow.Topology;

namespace DomainFlow.Hosting.Http;

/// <summary>Hands a request to the handler of its method and resource, and turns what goes wrong into problem documents.</summary>
/// <param name="routes">Handlers by "METHOD /resource", as Topology's routes are written.</param>
/// <param name="limit">Counts the requests of each route that asks who calls; null: as many as come.</param>
public sealed class ApiDispatcher(IReadOnlyDictionary<string, Func<ApiRequest, Task<ApiResult>>> routes, RateLimit? limit = null)
{
    /// <summary>In the middle of a rotation: the database has the new password and the secret not yet.</summary>
    private const string RefusedPassword = "28P01";

    // ENOSPC and EDQUOT, which .NET gives as they are.
    private const int DiskFull = 28;
    private const int QuotaUsed = 122;

    private static readonly HashSet<string> Public = [.. SystemMap.Routes.Where(route => route.Public).Select(route => $"{route.Method} {route.Path}")];

    /// <summary>The routes served: compared with Topology's by a test.</summary>
    public IEnumerable<string> Routes => routes.Keys;

    public async Task<APIGatewayProxyResponse> HandleAsync(APIGatewayProxyRequest request, Invocation invocation)
    {
        var result = await RunAsync(request, invocation);
        return result.ToProxyResponse();
    }

    private async Task<ApiResult> RunAsync(APIGatewayProxyRequest request, Invocation invocation)
    {
        var id = request.RequestContext?.RequestId ?? invocation.RequestId;
        var route = $"{request.HttpMethod} {request.Resource}";
        if (!routes.TryGetValue(route, out var handler))
        {
            return ApiResult.Of(Problem.NotFound($"There is no route {route}"), id);
        }

        try
        {
            var read = new ApiRequest(request, invocation);
            if (limit is not null && !Public.Contains(route)) await limit.CountAsync(read);
            return await handler(read);
        }
        catch (ProblemException expected)
        {
            return ApiResult.Of(expected.Problem, id);
        }
        catch (InvalidPositionException)
        {
            return ApiResult.Of(Problem.Invalid("cursor", "cursor is not one that this list gave"), id);
        }
        catch (OperationCanceledException) when (invocation.Deadline.IsCancellationRequested)
        {
            FunctionLog.Warning("{0} {1} ran out of time", request.HttpMethod, request.Resource);
            return ApiResult.Of(Problem.Unavailable("The request ran out of time; nothing of it was stored in part"), id);
        }
        catch (DbException failure) when (
            failure.IsTransient || failure.SqlState == RefusedPassword || failure.InnerException is System.Net.Sockets.SocketException or IOException or TimeoutException)
        {
            FunctionLog.Error(failure, "{0} {1}: a store is not available", request.HttpMethod, request.Resource);
            return ApiResult.Of(Problem.Unavailable("A store is not available at the moment"), id);
        }
        catch (IOException full) when (full.HResult is DiskFull or QuotaUsed)
        {
            FunctionLog.Error(full, "{0} {1}: the disk of the object store is full", request.HttpMethod, request.Resource);
            return ApiResult.Of(Problem.Unavailable("The object store is full at the moment"), id);
        }
        catch (Exception failure)
        {
            FunctionLog.Error(failure, "{0} {1} failed", request.HttpMethod, request.Resource);
            return ApiResult.Of(new(500, "internal", "Something went wrong on our side", "The error is in the log under this request id"), id);
        }
    }
}
