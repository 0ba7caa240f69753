using System.Text.Json.Serialization;
using DomainFlow.Domain.Json;
using DomainFlow.Ingest.UseCases;

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
internal sealed partial class IngestJson : JsonSerializerContext;
