namespace DomainFlow.Hosting.Http;

/// <summary>What is wrong with one field of a request.</summary>
public sealed record FieldError(string Field, string Message);

/// <summary>Collects what is wrong in a body, so that a client hears of all of it at once.</summary>
public sealed class FieldErrors
{
    private const int Max = 50;

    private readonly List<FieldError> _errors = [];

    public void Require(bool holds, string field, string message)
    {
        if (!holds && _errors.Count < Max)
        {
            _errors.Add(new(field, message));
        }
    }

    /// <summary>Adds what a check of one part throws.</summary>
    public void Collect(Action check)
    {
        try
        {
            check();
        }
        catch (ProblemException e) when (e.Problem is { Status: 400, Field: { } field })
        {
            Require(false, field, e.Problem.Detail);
            _errors.AddRange(e.Problem.Others.Take(Max - _errors.Count));
        }
    }

    /// <exception cref="ProblemException">400 with every error that was found.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw new ProblemException(Problem.Invalid(_errors));
        }
    }
}
