namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The answer to an invocation: JSON, read from the stream's position on.</summary>
public class InvocationResponse(Stream outputStream, bool disposeOutputStream)
{
    /// <summary>An answer whose stream is disposed once it was sent.</summary>
    public InvocationResponse(Stream outputStream)
        : this(outputStream, true)
    {
    }

    /// <summary>The answer.</summary>
    public Stream OutputStream { get; set; } = outputStream;

    /// <summary>Whether the stream is disposed once it was sent.</summary>
    public bool DisposeOutputStream { get; } = disposeOutputStream;
}
