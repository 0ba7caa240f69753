namespace DomainFlow.Cdk.Configuration;

/// <summary>A setting of cdk.json is missing or wrong; the message names its key.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
