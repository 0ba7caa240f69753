namespace DomainFlow.Hosting;

/// <summary>The environment is not as the function needs it; the message names the variable.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
