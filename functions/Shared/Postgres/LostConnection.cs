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

    /// <param name="work">May be done twice: it only reads, or a repeat changes nothing.</param>
    public static async Task<T> OnceMoreAsync<T>(NpgsqlDataSource database, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (NpgsqlException lost) when (Is(lost))
        {
            database.Clear();
            return await work();
        }
    }
}
