using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Makes a <see cref="LambdaBootstrapHandler"/> of a handler's own form: streams or typed, with or without context, async or not.</summary>
public class HandlerWrapper : IDisposable
{
    private HandlerWrapper(LambdaBootstrapHandler handler) => Handler = handler;

    /// <summary>The handler in the loop's form.</summary>
    public LambdaBootstrapHandler Handler { get; }

    /// <summary>Wraps an async handler of the event as a stream, without an answer.</summary>
    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task> handler) =>
        new(async invocation =>
        {
            await handler(invocation.InputStream).ConfigureAwait(false);
            return NoAnswer();
        });

    /// <summary>Wraps an async handler of the event as a stream and the context, without an answer.</summary>
    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task> handler) =>
        new(async invocation =>
        {
            await handler(invocation.InputStream, invocation.LambdaContext).ConfigureAwait(false);
            return NoAnswer();
        });

    /// <summary>Wraps an async handler of an object, without an answer.</summary>
    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Task> handler, ILambdaSerializer serializer) =>
        new(async invocation =>
        {
            await handler(serializer.Deserialize<TInput>(invocation.InputStream)).ConfigureAwait(false);
            return NoAnswer();
        });

    /// <summary>Wraps an async handler of an object and the context, without an answer.</summary>
    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(async invocation =>
        {
            await handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext).ConfigureAwait(false);
            return NoAnswer();
        });

    /// <summary>Wraps an async handler of the event as a stream, that answers with a stream.</summary>
    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task<Stream>> handler) =>
        new(async invocation => new InvocationResponse(await handler(invocation.InputStream).ConfigureAwait(false)));

    /// <summary>Wraps an async handler of the event as a stream and the context, that answers with a stream.</summary>
    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(async invocation => new InvocationResponse(await handler(invocation.InputStream, invocation.LambdaContext).ConfigureAwait(false)));

    /// <summary>Wraps an async handler of an object and the context, that answers with a stream.</summary>
    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer) =>
        new(async invocation => new InvocationResponse(
            await handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext).ConfigureAwait(false)));

    /// <summary>Wraps an async handler of the event as a stream and the context, that answers with an object.</summary>
    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async invocation => Answer(await handler(invocation.InputStream, invocation.LambdaContext).ConfigureAwait(false), serializer));

    /// <summary>Wraps an async handler of an object, that answers with an object.</summary>
    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async invocation => Answer(await handler(serializer.Deserialize<TInput>(invocation.InputStream)).ConfigureAwait(false), serializer));

    /// <summary>Wraps an async handler of an object and the context, that answers with an object.</summary>
    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async invocation => Answer(
            await handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext).ConfigureAwait(false),
            serializer));

    /// <summary>Wraps a handler of the event as a stream and the context, that answers with a stream.</summary>
    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Stream> handler) =>
        new(invocation => Task.FromResult(new InvocationResponse(handler(invocation.InputStream, invocation.LambdaContext))));

    /// <summary>Wraps a handler of an object and the context, without an answer.</summary>
    public static HandlerWrapper GetHandlerWrapper<TInput>(Action<TInput, ILambdaContext> handler, ILambdaSerializer serializer) =>
        new(invocation =>
        {
            handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext);
            return Task.FromResult(NoAnswer());
        });

    /// <summary>Wraps a handler of an object, that answers with an object.</summary>
    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, TOutput> handler, ILambdaSerializer serializer) =>
        new(invocation => Task.FromResult(Answer(handler(serializer.Deserialize<TInput>(invocation.InputStream)), serializer)));

    /// <summary>Wraps a handler of an object and the context, that answers with an object.</summary>
    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(invocation => Task.FromResult(Answer(handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext), serializer)));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Nothing is held between invocations; a derived wrapper may release what it holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private static InvocationResponse NoAnswer() => new(Stream.Null, false);

    private static InvocationResponse Answer<TOutput>(TOutput answer, ILambdaSerializer serializer)
    {
        var output = new MemoryStream();
        serializer.Serialize(answer, output);
        output.Position = 0;
        return new InvocationResponse(output);
    }
}
