using DomainFlow.Cdk.Configuration;
using DomainFlow.Cdk.Stacks;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>The values of a deployed function's variables. Secrets are given by their ARN alone.</summary>
internal sealed class FunctionVariables(EnvironmentConfiguration configuration, DataStack data)
{
    /// <summary>Where ./publish puts the certificates of RDS in each zip.</summary>
    private const string CaFile = "/var/task/rds-ca.pem";

    private readonly PhysicalNames names = new(configuration);

    /// <summary>Name and value of each variable; one that has no value in this environment (no search domain, no cache) is left out.</summary>
    public Dictionary<string, string> Of(FunctionDefinition function)
    {
        var values = new Dictionary<string, string>();
        foreach (var variable in function.Environment.Where(variable => variable.Scope != VariableScope.Local))
        {
            if (Value(function, variable) is { } value)
                values.Add(variable.Name, value);
        }

        return values;
    }

    private string? Value(FunctionDefinition function, EnvironmentVariable variable) => variable.Source switch
    {
        VariableSource.Literal => variable.Of!,
        VariableSource.TableName => names.Of(variable.Of!),
        VariableSource.BucketName => names.Bucket(variable.Of!),
        VariableSource.Storage => "aws",
        VariableSource.SearchBackend => configuration.Search,
        VariableSource.SearchEndpoint => data.Search?.Endpoint ?? configuration.SearchCollection?.Endpoint,
        VariableSource.SearchService when configuration.SearchIndex is null => null,
        VariableSource.SearchService => configuration.SearchDomain is null ? "serverless" : "domain",
        VariableSource.SearchEngine => configuration.SearchDomain?.Engine,
        VariableSource.SearchDimensions => configuration.SearchIndex is { } index ? $"{index.Dimensions}" : null,
        VariableSource.SearchShards => configuration.SearchDomain is { } domain ? $"{domain.Shards}" : null,
        VariableSource.SearchReplicas => configuration.SearchDomain is { } domain ? $"{domain.Replicas}" : null,
        VariableSource.SearchIndexPrefix => configuration.SearchIndex?.Prefix,
        VariableSource.CacheUrl => data.Cache?.Url,
        VariableSource.CacheSecret => data.Cache?.Secret.SecretArn,
        VariableSource.AllowedOrigins => configuration.Api.AllowedOrigins is { Entries.Count: > 0 } origins ? origins.ToString() : null,
        VariableSource.RequestsPerUser => $"{configuration.Api.RequestsPerMinuteUser}",
        VariableSource.RequestsPerTenant => $"{configuration.Api.RequestsPerMinuteTenant}",
        VariableSource.ModelProvider => configuration.Model.Provider,
        VariableSource.MetricsNamespace => configuration.MetricsNamespace,
        VariableSource.DatabaseHost => data.Database.Instance.DbInstanceEndpointAddress,
        VariableSource.DatabasePort => data.Database.Instance.DbInstanceEndpointPort,
        VariableSource.DatabaseName => Database.DatabaseName,
        VariableSource.DatabaseSecret when function.Database == DatabaseRole.Owner => data.Database.OwnerSecret.SecretArn,
        VariableSource.DatabaseSecret => data.Database.FunctionsSecret.SecretArn,
        VariableSource.DatabaseFunctionsSecret => data.Database.FunctionsSecret.SecretArn,
        VariableSource.DatabaseCaFile => CaFile,
        _ => throw new InvalidOperationException($"{function.Name}.{variable.Name}: {variable.Source} has no value in a deployment"),
    };
}
