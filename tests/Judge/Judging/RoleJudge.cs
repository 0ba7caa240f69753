using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Judge.Tests.Calls;
using DomainFlow.Judge.Tests.Recording;
using DomainFlow.Local.Aws;

namespace DomainFlow.Judge.Tests.Judging;

/// <summary>Whether the roles of a template fit the calls of a run.</summary>
internal sealed class RoleJudge
{
    private readonly IReadOnlyList<Permission> permissions;
    private readonly IReadOnlyList<Call> calls;
    private readonly IReadOnlyList<RecordedCall> strangers;

    public RoleJudge(SynthesisedSystem system, IReadOnlyList<RecordedCall> recorded)
    {
        var names = new DeployedNames(system);
        var holders = Permissions.Holders(system);
        permissions = Permissions.Of(system);
        strangers = [.. recorded.Where(call => call.Caller != AwsSettings.Host && !holders.ContainsKey(call.Caller))];
        calls = [.. recorded.Where(call => holders.ContainsKey(call.Caller)).SelectMany(call => Call.Of(call, names)).Distinct()];
    }

    /// <summary>Distinct calls that were judged.</summary>
    public int Judged => calls.Count;

    /// <summary>Permissions that a run can use.</summary>
    public int OfRuns => permissions.Count(permission => !permission.IsDenied && !PlatformPermissions.Holds(permission));

    /// <summary>Calls that no role signed for.</summary>
    public IReadOnlyList<string> Unnamed => [.. strangers.Select(call => call.ToString()).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Calls that a deployment would answer with AccessDenied.</summary>
    public IReadOnlyList<string> Refused =>
    [
        .. calls.Where(call => !IsAllowed(call)).Select(call => $"{call.Caller}: {call.Action} on {call.Resource}").Order(StringComparer.Ordinal),
    ];

    /// <summary>Permissions without which each call of the run would be allowed all the same.</summary>
    public IReadOnlyList<string> Unused
    {
        get
        {
            var needed = calls.Select(call => permissions.Where(permission => !permission.IsDenied && permission.Covers(call)).ToList())
                .Where(covering => covering.Count == 1).Select(covering => covering[0]).ToHashSet(ReferenceEqualityComparer.Instance);
            return [.. permissions.Where(p => !p.IsDenied && !needed.Contains(p) && !PlatformPermissions.Holds(p)).Select(p => p.ToString()).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Entries of the platform's list that name no permission of the template, or one that the run did use.</summary>
    public IReadOnlyList<string> NeedlessExceptions =>
    [
        .. from entry in PlatformPermissions.All
           let named = permissions.Where(permission => !permission.IsDenied && PlatformPermissions.Matches(entry, permission)).ToList()
           let isUsed = named.Any(permission => calls.Any(permission.Covers))
           where named.Count == 0 || isUsed
           select $"{entry.Holder} {entry.Action}: {(isUsed ? "the run uses it itself" : "no role has it")}",
    ];

    private bool IsAllowed(Call call)
    {
        var covering = permissions.Where(permission => permission.Covers(call)).ToList();
        return covering.Count > 0 && covering.TrueForAll(permission => !permission.IsDenied);
    }
}
