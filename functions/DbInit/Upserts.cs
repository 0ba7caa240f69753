using Npgsql;

namespace DomainFlow.DbInit;

internal static class Upserts
{
    /// <summary>Runs an upsert that returns <c>xmax = 0</c>: true for a new row, false for a changed one, nothing for an equal one.</summary>
    public static async Task<RowChange> ExecuteUpsertAsync(this NpgsqlCommand command, CancellationToken cancellationToken) =>
        await command.ExecuteScalarAsync(cancellationToken) switch
        {
            true => RowChange.Created,
            false => RowChange.Changed,
            _ => RowChange.None,
        };

    public static void Add(this WorkLog log, string what, RowChange change)
    {
        switch (change)
        {
            case RowChange.Created:
                log.Created(what);
                break;
            case RowChange.Changed:
                log.Changed(what);
                break;
            default:
                log.AlreadyThere(what);
                break;
        }
    }
}
