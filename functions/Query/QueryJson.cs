using System.Text.Json.Serialization;
using DomainFlow.Domain.Json;
using DomainFlow.Query.UseCases;

namespace DomainFlow.Query;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(UtcJsonConverter)])]
[JsonSerializable(typeof(NewQuestion))]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(NewSession))]
[JsonSerializable(typeof(SessionChange))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(MessageList))]
[JsonSerializable(typeof(SearchResults))]
[JsonSerializable(typeof(ReportCounts))]
[JsonSerializable(typeof(CheckHealth.Health))]
[JsonSerializable(typeof(DescribeCaller.CallerView))]
[JsonSerializable(typeof(Domains.DomainList))]
[JsonSerializable(typeof(Domains.DomainView))]
internal sealed partial class QueryJson : JsonSerializerContext;
