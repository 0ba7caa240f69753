using System.Data;
using Dapper;
using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>The tenant and a statement's own values, bound with Npgsql's types.</summary>
internal sealed class TenantParameters(Guid tenant, Action<NpgsqlParameterCollection>? bind) : SqlMapper.IDynamicParameters
{
    public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        var values = ((NpgsqlCommand)command).Parameters;
        values.Add(new NpgsqlParameter<Guid>("tenant", tenant));
        bind?.Invoke(values);
    }
}

/// <summary>Npgsql reads a timestamptz as a DateTime in UTC; the domain's times are DateTimeOffsets.</summary>
internal sealed class UtcTimes : SqlMapper.TypeHandler<DateTimeOffset>
{
    public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();

    public override DateTimeOffset Parse(object value) => new((DateTime)value);
}
