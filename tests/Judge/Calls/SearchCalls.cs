using DomainFlow.Judge.Tests.Judging;
using DomainFlow.Judge.Tests.Recording;

namespace DomainFlow.Judge.Tests.Calls;

/// <summary>An OpenSearch domain is judged by method and path.</summary>
internal static class SearchCalls
{
    public static IEnumerable<Call> Of(RecordedCall recorded, DeployedNames names)
    {
        var method = recorded.Method[..1] + recorded.Method[1..].ToLowerInvariant();
        return [new(recorded.Caller, "es:ESHttp" + method, names.Search + recorded.Path)];
    }
}
