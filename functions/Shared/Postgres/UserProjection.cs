using NpgsqlTypes;

namespace DomainFlow.Postgres;

/// <summary>
/// The row of users that created_by points at, made at first sight. A name, an address or a Cognito id belongs to whom the token named
/// last: an older row of the tenant that holds it steps aside (its username gains its id, its e-mail and Cognito id become null), so
/// that no report waits for a person to settle it.
/// </summary>
internal static class UserProjection
{
    /// <summary>What the column holds; no mailbox has a longer address, and a longer one is left out.</summary>
    private const int MaxEmail = 255;

    public static async Task EnsureAsync(TenantSession session, ProjectedUser user, CancellationToken cancellationToken)
    {
        if (await IsKnownAsync(session, user.Id, cancellationToken)) return;
        await MoveOthersAsideAsync(session, user, cancellationToken);
        if (await InsertAsync(session, user, user.CognitoSub, cancellationToken)) return;
        // Known meanwhile, or another tenant has a row with this Cognito id, which this tenant cannot see: then it does without.
        await InsertAsync(session, user, null, cancellationToken);
    }

    private static async Task<bool> IsKnownAsync(TenantSession session, Guid id, CancellationToken cancellationToken)
    {
        await using var command = session.Command("SELECT EXISTS (SELECT FROM users WHERE tenant_id = @tenant AND id = @id)");
        command.Parameters.AddWithValue("id", id);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task MoveOthersAsideAsync(TenantSession session, ProjectedUser user, CancellationToken cancellationToken)
    {
        await using var command = session.Command("""
            UPDATE users SET
                username = CASE WHEN username = left(@username, 100) THEN left(username, 60) || '~' || id ELSE username END,
                email = NULLIF(email, @email),
                cognito_sub = NULLIF(cognito_sub, @sub)
            WHERE tenant_id = @tenant AND id <> @id AND (username = left(@username, 100) OR email = @email OR cognito_sub = @sub)
            """);
        Bind(command, user, user.CognitoSub);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> InsertAsync(TenantSession session, ProjectedUser user, string? cognitoSub, CancellationToken cancellationToken)
    {
        await using var command = session.Command(cognitoSub is null
            ? """
              INSERT INTO users (id, tenant_id, username, email, cognito_sub) VALUES (@id, @tenant, left(@username, 100), @email, @sub)
              ON CONFLICT (tenant_id, id) DO NOTHING
              """
            : """
              INSERT INTO users (id, tenant_id, username, email, cognito_sub) VALUES (@id, @tenant, left(@username, 100), @email, @sub)
              ON CONFLICT (cognito_sub) DO NOTHING
              """);
        Bind(command, user, cognitoSub);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private static void Bind(Npgsql.NpgsqlCommand command, ProjectedUser user, string? cognitoSub)
    {
        command.Parameters.AddWithValue("id", user.Id);
        command.Parameters.AddWithValue("username", user.Username ?? user.Id.ToString());
        command.Parameters.AddWithValue("email", NpgsqlDbType.Text, user.Email is { Length: <= MaxEmail } email ? email : DBNull.Value);
        command.Parameters.AddWithValue("sub", NpgsqlDbType.Text, (object?)cognitoSub ?? DBNull.Value);
    }
}
