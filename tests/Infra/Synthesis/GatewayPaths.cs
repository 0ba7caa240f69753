namespace DomainFlow.Infra.Tests.Synthesis;

/// <summary>Paths of the gateway's methods, put together from its resources.</summary>
internal static class GatewayPaths
{
    public static string Of(Resource method) => Of(method.Template, method["ResourceId"]);

    private static string Of(Template template, string reference)
    {
        if (template.All.SingleOrDefault(resource => reference == $"${{{resource.LogicalId}}}") is not { Type: "AWS::ApiGateway::Resource" } resource)
            return "";
        return $"{Of(template, resource["ParentId"])}/{resource["PathPart"]}";
    }
}
