using System.Text.Json.Nodes;
using DomainFlow.Hosting.Http;
using DomainFlow.Topology;

namespace DomainFlow.Query.UseCases;

/// <summary>GET /openapi.json: the interface, made from the route table that the gateway is built from.</summary>
public static class DescribeInterface
{
    public static Task<ApiResult> HandleAsync(ApiRequest request)
    {
        request.Query.Allow();
        return Task.FromResult(ApiResult.Json(200, Document()));
    }

    public static JsonObject Document()
    {
        var paths = new JsonObject();
        foreach (var route in SystemMap.Routes)
        {
            if (paths[route.Path] is not JsonObject path)
            {
                paths[route.Path] = path = [];
            }

            foreach (var method in route.Methods)
            {
                path[method.ToLowerInvariant()] = Operation(route, method);
            }
        }

        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "DomainFlow", ["version"] = "1" },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = SystemMap.ApiBase }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["id_token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
                },
                ["schemas"] = new JsonObject { ["problem"] = ProblemSchema() },
            },
        };
    }

    private static JsonObject Operation(RouteDefinition route, string method)
    {
        var operation = new JsonObject
        {
            ["summary"] = method == route.Method ? route.Summary : $"{route.Method} without its body",
            ["operationId"] = $"{method.ToLowerInvariant()}{route.Path.Replace("/", "_").Replace("{", "").Replace("}", "").Replace(".", "_")}",
            ["responses"] = new JsonObject
            {
                ["429"] = TooMany(),
                ["default"] = Refused("A problem document (RFC 9457) where the request is refused"),
            },
        };
        if (!route.Public)
        {
            operation["security"] = new JsonArray(new JsonObject { ["id_token"] = new JsonArray() });
            operation["description"] = $"For the groups {string.Join(", ", route.Groups)}"
                + (route.OpensToSelfReporting ? "; for every user where the domain allows self-reporting." : ".");
            operation["x-groups"] = new JsonArray([.. route.Groups.Select(group => JsonValue.Create(group))]);
        }

        if (PathParameters(route.Path) is { Count: > 0 } parameters)
        {
            operation["parameters"] = parameters;
        }

        return operation;
    }

    /// <summary>An {id} is a UUID.</summary>
    private static JsonArray PathParameters(string path) =>
        new([.. path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => new JsonObject
        {
            ["name"] = segment[1..^1],
            ["in"] = "path",
            ["required"] = true,
            ["schema"] = segment == "{id}" ? new JsonObject { ["type"] = "string", ["format"] = "uuid" } : new JsonObject { ["type"] = "string" },
        })]);

    private static JsonObject Refused(string description) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject
        {
            ["application/problem+json"] = new JsonObject
            {
                ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/problem" },
            },
        },
    };

    /// <summary>On every route: where callers are not counted the gateway's own limit still stands.</summary>
    private static JsonObject TooMany()
    {
        var refused = Refused("Too many requests; Retry-After says when to send it again");
        refused["headers"] = new JsonObject
        {
            ["Retry-After"] = new JsonObject { ["description"] = "Seconds", ["schema"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1 } },
        };
        return refused;
    }

    private static JsonObject ProblemSchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = "string" },
            ["title"] = new JsonObject { ["type"] = "string" },
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = new JsonObject { ["type"] = "string" },
            ["error_code"] = new JsonObject { ["type"] = "string" },
            ["request_id"] = new JsonObject { ["type"] = "string" },
            ["errors"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
        },
    };
}
