using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>
/// A pooled connection whose server went away while the process was frozen or idle: nothing tells before it is used. All of the pool
/// is as old, so it is emptied, and the work is done once more.
/// </summary>
public static class LostConnection
{
    public static bool Is(NpgsqlException exception) => exception switch
    {
        PostgresException refused => refused.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        _ => exception.InnerException is IOException,
    };

    /// <summary>Whether what failed may be done once more after <see cref="Renew"/>: its connection was lost, or its password was rotated.</summary>
    public static bool IsRenewable(NpgsqlException exception) => Is(exception) || PostgresFailure.IsRefusedPassword(exception);

    /// <summary>The next connection is a new one, and after a refused password one with what the password is now.</summary>
    public static void Renew(NpgsqlDataSource database, NpgsqlException exception)
    {
        if (Is(exception))
            database.Clear();
        else
            PostgresDataSource.RereadPassword(database);
    }

    /// <param name="work">May be done twice: it only reads, or a repeat changes nothing.</param>
    public static async Task<T> OnceMoreAsync<T>(NpgsqlDataSource database, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (NpgsqlException lost) when (IsRenewable(lost))
        {
            Renew(database, lost);
            return await work();
        }
    }
}
