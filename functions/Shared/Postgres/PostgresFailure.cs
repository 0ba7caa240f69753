using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>What an error of the database means for a caller: the one place where its codes are read.</summary>
internal static class PostgresFailure
{
    /// <summary>Another try may succeed: the database is away or busy, or two writers met.</summary>
    public static bool IsTransient(NpgsqlException exception) => exception.IsTransient || Code(exception) is
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.LockNotAvailable;

    /// <summary>Two writers met; the loser may try again at once.</summary>
    public static bool IsCollision(NpgsqlException exception) => Code(exception) is
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>The password is not, or no longer, the role's.</summary>
    public static bool IsRefusedPassword(NpgsqlException exception) => Code(exception) is PostgresErrorCodes.InvalidPassword;

    /// <summary>These values will never be taken: classes 22 (data) and 23 (constraints).</summary>
    public static bool IsBadData(NpgsqlException exception) => Code(exception) is { } code
        && (code.StartsWith("22", StringComparison.Ordinal) || code.StartsWith("23", StringComparison.Ordinal)
            || code == PostgresErrorCodes.WithCheckOptionViolation);

    /// <summary>The reason in one line, without the row's values.</summary>
    public static string Reason(NpgsqlException exception) => exception is PostgresException refused
        ? $"{refused.SqlState} {refused.MessageText}{(refused.ConstraintName is { } constraint ? $" ({constraint})" : "")}"
        : exception.InnerException?.Message ?? exception.Message;

    private static string? Code(NpgsqlException exception) => (exception as PostgresException)?.SqlState;
}
