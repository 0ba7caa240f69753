using System.Text.Json;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.SQSEvents;
using DomainFlow.Hosting.Http;

namespace DomainFlow.Hosting;

/// <summary>What a function answers to, by kind of event; a null is an event that it does not take.</summary>
public sealed record FunctionHandlers
{
    public ApiDispatcher? Api { get; init; }

    public Func<S3Event.S3EventNotificationRecord, Invocation, Task>? ObjectCreated { get; init; }

    /// <summary>Throws where the message must come again.</summary>
    public Func<SQSEvent.SQSMessage, Invocation, Task>? Message { get; init; }

    /// <summary>Any other payload, as JSON; writes the answer as JSON.</summary>
    public Func<JsonElement, Invocation, Task<byte[]>>? Direct { get; init; }
}
