using System.Data.Common;
using Amazon.Lambda.APIGatewayEvents;
using DomainFlow.Domain.Storage;
using DomainFlow.Topology;

namespace DomainFlow.Hosting.Http;

/// <summary>Hands a request to the handler of its method and resource, and turns what goes wrong into problem documents.</summary>
/// <param name="handlers">By "METHOD /path", as Topology's routes are written.</param>
/// <param name="limit">Counts the requests of each route that asks who calls; null: as many as come.</param>
/// <param name="origins">Whose pages may read the answers; null: none but the service's own.</param>
/// <param name="routes">Who may use which route; null: Topology's. A route that is not in it is not served.</param>
public sealed class ApiDispatcher(
    IReadOnlyDictionary<string, Func<ApiRequest, Task<ApiResult>>> handlers,
    RateLimit? limit = null,
    AllowedOrigins? origins = null,
    IReadOnlyList<RouteDefinition>? routes = null)
{
    /// <summary>In the middle of a rotation: the database has the new password and the secret not yet.</summary>
    private const string RefusedPassword = "28P01";

    // ENOSPC and EDQUOT, which .NET gives as they are.
    private const int DiskFull = 28;
    private const int QuotaUsed = 122;

    private readonly Dictionary<string, RouteDefinition> _routes =
        (routes ?? SystemMap.Routes).SelectMany(route => route.Methods.Select(method => ($"{method} {route.Resource}", route))).ToDictionary();

    private readonly AllowedOrigins _origins = origins ?? AllowedOrigins.None;

    /// <summary>The routes served: compared with Topology's by a test.</summary>
    public IEnumerable<string> Routes => handlers.Keys;

    public async Task<APIGatewayProxyResponse> HandleAsync(APIGatewayProxyRequest request, Invocation invocation)
    {
        var read = new ApiRequest(request, invocation);
        var result = await RunAsync(request, read);
        return result.ToProxyResponse(isHead: request.HttpMethod == "HEAD", _origins.HeadersFor(read.Header("Origin")));
    }

    private async Task<ApiResult> RunAsync(APIGatewayProxyRequest request, ApiRequest read)
    {
        var invocation = read.Invocation;
        var id = request.RequestContext?.RequestId ?? invocation.RequestId;
        if (!_routes.TryGetValue($"{request.HttpMethod} {request.Resource}", out var route)
            || !handlers.TryGetValue($"{route.Method} {route.Path}", out var handler))
        {
            return ApiResult.Of(Problem.NotFound($"There is no route {request.HttpMethod} {request.Resource}"), id);
        }

        try
        {
            if (limit is not null && !route.Public) await limit.CountAsync(read);
            read.Route = route;
            if (!route.OpensToSelfReporting) read.RequireRight();
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
