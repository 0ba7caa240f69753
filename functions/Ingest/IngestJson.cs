using System.Text.Json.Serialization;
using DomainFlow.Domain.Json;
using DomainFlow.Ingest.UseCases;
using DomainFlow.Ingest.UseCases.Changes;

namespace DomainFlow.Ingest;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(UtcJsonConverter)])]
[JsonSerializable(typeof(NewReport))]
[JsonSerializable(typeof(ReportAccepted))]
[JsonSerializable(typeof(ReportView))]
[JsonSerializable(typeof(ReportList))]
[JsonSerializable(typeof(ManagementBody))]
[JsonSerializable(typeof(ReprocessingAccepted))]
[JsonSerializable(typeof(MatchingReprocessed))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
internal sealed partial class IngestJson : JsonSerializerContext;
