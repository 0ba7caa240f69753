using DomainFlow.Postgres;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <summary>The database's roles, as DbInit is told them.</summary>
public sealed partial class RunningSystem
{
    internal (DatabaseSettings Settings, DatabaseCredentials Owner, DatabaseCredentials Functions) DatabaseRoles => (
        new(_variables["DB_HOST"], int.Parse(_variables["DB_PORT"], null), _variables["DB_NAME"], _variables["DB_CA_FILE"]),
        new(_variables["DB_OWNER_USER"], _variables["DB_OWNER_PASSWORD"]),
        new(_variables["DB_FUNCTIONS_USER"], _variables["DB_FUNCTIONS_PASSWORD"]));
}
