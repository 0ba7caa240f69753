namespace DomainFlow.Cache.Redis;

/// <summary>The connection was broken before a command was written to it.</summary>
internal sealed class NotSentException(Exception reason) : IOException("The connection to Redis is broken.", reason);
