using System.Runtime.InteropServices;
using DomainFlow.Local.Aws;
using DomainFlow.Topology;

namespace DomainFlow.Local.Lambda;

/// <summary>The variables that a function's process gets: Lambda's own and those that the topology lists, with this machine's values.</summary>
/// <param name="runtimeApi">Where the Runtime API is: host, port and the path that is this run's secret.</param>
/// <param name="secrets">Where the database's passwords are kept; null: the functions get the passwords themselves.</param>
internal sealed class FunctionVariables(HostOptions options, int gatewayPort, string runtimeApi, DatabaseSecrets? secrets = null)
{
    public IReadOnlyDictionary<string, string> For(FunctionDefinition function, int slot)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_LAMBDA_RUNTIME_API"] = $"{runtimeApi}/{function.Name}/{slot}",
            ["AWS_LAMBDA_FUNCTION_NAME"] = function.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemoryMb.ToString(),
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/" + function.Name,
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = $"{function.Name}/{slot}",
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_REGION"] = LocalNames.Region,
            ["AWS_DEFAULT_REGION"] = LocalNames.Region,
            ["_HANDLER"] = "bootstrap",
            ["TZ"] = ":UTC",
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            // The runtime that runs the host runs the functions too, wherever it is installed.
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        };
        foreach (var variable in function.Environment)
        {
            if (IsTold(variable)) variables[variable.Name] = Value(function, variable);
        }

        if (options.Certificates is { } certificates) variables[HostOptions.CertificatesVariable] = certificates;
        foreach (var (name, value) in options.Aws?.Variables(function.Name) ?? []) variables[name] = value;
        return variables;
    }

    /// <summary>On the stores of a deployment a function gets what a deployment gives it; where no Secrets Manager is, its secrets' content stands in.</summary>
    private bool IsTold(EnvironmentVariable variable) => variable.Source switch
    {
        VariableSource.DatabaseSecret or VariableSource.DatabaseFunctionsSecret => secrets is not null,
        VariableSource.DatabaseUser or VariableSource.DatabasePassword => secrets is null,
        VariableSource.DatabaseFunctionsUser or VariableSource.DatabaseFunctionsPassword => secrets is null,
        VariableSource.SearchEndpoint => options.Aws?.OpenSearch is not null,
        _ when SystemMap.SearchSettings.Contains(variable) => options.Aws?.OpenSearch is not null && options.Aws.Search.ContainsKey(variable.Name),
        VariableSource.CacheUrl => options.CacheUrl is not null,
        VariableSource.CacheSecret => false,
        VariableSource.RequestsPerUser => options.RequestsPerMinute.User is not null,
        VariableSource.RequestsPerTenant => options.RequestsPerMinute.Tenant is not null,
        _ => variable.Scope == VariableScope.Both || variable.Scope == (options.Aws is null ? VariableScope.Local : VariableScope.Deployment),
    };

    private string Value(FunctionDefinition function, EnvironmentVariable variable) => variable.Source switch
    {
        VariableSource.Literal or VariableSource.TableName or VariableSource.BucketName => variable.Of ?? "",
        VariableSource.Storage => options.Aws is null ? "embedded" : "aws",
        VariableSource.SearchBackend => options.Aws?.OpenSearch is null ? "postgres" : "opensearch",
        VariableSource.SearchEndpoint => options.Aws!.OpenSearch!.AbsoluteUri,
        _ when SystemMap.SearchSettings.Contains(variable) => options.Aws!.Search[variable.Name],
        VariableSource.CacheUrl => options.CacheUrl!,
        VariableSource.AllowedOrigins => options.AllowedOrigins.ToString(),
        VariableSource.RequestsPerUser => options.RequestsPerMinute.User!,
        VariableSource.RequestsPerTenant => options.RequestsPerMinute.Tenant!,
        VariableSource.MetricsNamespace => LocalNames.Metrics,
        VariableSource.ModelProvider => "offline",
        VariableSource.DatabaseHost => Database(variable).Host,
        VariableSource.DatabasePort => Database(variable).Port.ToString(),
        VariableSource.DatabaseName => Database(variable).Name,
        VariableSource.DatabaseCaFile => Database(variable).CaFile,
        VariableSource.DatabaseSecret => function.Database == DatabaseRole.Owner ? secrets!.Owner : secrets!.Functions,
        VariableSource.DatabaseFunctionsSecret => secrets!.Functions,
        VariableSource.DatabaseUser => Login(function, variable).User,
        VariableSource.DatabasePassword => Login(function, variable).Password,
        VariableSource.DatabaseFunctionsUser => Database(variable).Functions.User,
        VariableSource.DatabaseFunctionsPassword => Database(variable).Functions.Password,
        VariableSource.ObjectsFolder => StateFiles.Objects(options.StateFolder),
        VariableSource.ObjectsUrl => $"http://127.0.0.1:{gatewayPort}/_objects",
        VariableSource.ObjectsKeyFile => StateFiles.ObjectsKey(options.StateFolder),
        _ => throw new HostException($"{function.Name} reads {variable.Name}, which has no value on one machine ({variable.Source})"),
    };

    private DatabaseLogin Login(FunctionDefinition function, EnvironmentVariable variable) =>
        function.Database == DatabaseRole.Owner ? Database(variable).Owner : Database(variable).Functions;

    private DatabaseSettings Database(EnvironmentVariable variable) =>
        options.Database ?? throw new HostException($"{variable.Name} is read by a function, but the host has no database");
}
