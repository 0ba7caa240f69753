using DomainFlow.Aws;
using DomainFlow.Cache;
using DomainFlow.Cache.Redis;
using DomainFlow.Hosting;

namespace DomainFlow.Composition;

/// <summary>The Redis that all processes share, where CACHE_URL names one.</summary>
internal static class SharedCache
{
    /// <summary>Ten times what a call within a network takes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(50);

    /// <returns>Null without CACHE_URL.</returns>
    /// <exception cref="ConfigurationException">CACHE_URL is no address of a Redis.</exception>
    public static RedisCache? Open(FunctionEnvironment environment, TimeProvider clock) =>
        environment.Optional("CACHE_URL") is { } url
            ? new(Settings(url) with { Login = Login(environment) }, Limit, clock, said => FunctionLog.Warning("{0}", said))
            : null;

    private static RedisSettings Settings(string url)
    {
        try
        {
            return RedisSettings.Parse(url);
        }
        catch (FormatException wrong)
        {
            throw new ConfigurationException(wrong.Message);
        }
    }

    private static Func<CancellationToken, Task<RedisLogin>>? Login(FunctionEnvironment environment)
    {
        if (environment.Optional("CACHE_SECRET_ARN") is not { } arn) return null;
        var secret = new SecretsManagerCredentials(arn);
        return async token =>
        {
            var read = await secret.ReadAsync(token);
            return new(read.Username, read.Password);
        };
    }
}
