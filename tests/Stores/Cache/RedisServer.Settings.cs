using DomainFlow.Cache.Redis;

namespace DomainFlow.Stores.Tests.Cache;

public sealed partial class RedisServer
{
    public RedisSettings Settings => RedisSettings.Parse(Url);
}
