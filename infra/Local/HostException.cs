namespace DomainFlow.Local;

/// <summary>The host cannot start or go on; the message is one line for the person at the terminal.</summary>
public sealed class HostException(string message, Exception? inner = null) : Exception(message, inner);
