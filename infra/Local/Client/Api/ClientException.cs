namespace DomainFlow.Local.Client.Api;

/// <summary>A command cannot go on; the message is one line for the person at the terminal.</summary>
public sealed class ClientException(string message, Exception? inner = null) : Exception(message, inner);
