using System.Text.Json.Serialization;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Storage;
using DomainFlow.Domain.Tenancy;

namespace DomainFlow.Domain.Json;

/// <summary>The domain's records as items: snake_case, absent rather than null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = false,
    Converters = [typeof(UtcJsonConverter)])]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(QueryJob))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(SessionMessage))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(IdempotencyRecord))]
[JsonSerializable(typeof(UserSession))]
[JsonSerializable(typeof(IReadOnlyList<ExecutionLogEntry>))]
public sealed partial class DomainJson : JsonSerializerContext;
