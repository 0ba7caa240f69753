namespace DomainFlow.Judge.Tests.Judging;

/// <summary>Permissions that AWS itself uses in a holder's name; no process of a run asks for them.</summary>
internal static class PlatformPermissions
{
    /// <summary>Pattern of the holder, action, and who uses it.</summary>
    public static IReadOnlyList<(string Holder, string Action, string Reason)> All { get; } =
    [
        ("function/*", "logs:CreateLogStream", "Lambda writes what the function prints"),
        ("function/*", "logs:PutLogEvents", "Lambda writes what the function prints"),
        ("function/*", "ec2:*", "Lambda makes the network interfaces in the VPC"),
        ("function/*", "sqs:ChangeMessageVisibility", "Lambda polls the queue that feeds the function"),
        ("function/*", "sqs:DeleteMessage", "Lambda polls the queue that feeds the function"),
        ("function/*", "sqs:GetQueueAttributes", "Lambda polls the queue that feeds the function"),
        ("function/*", "sqs:ReceiveMessage", "Lambda polls the queue that feeds the function"),
        ("function/*", "sqs:SendMessage", "Lambda keeps asynchronous invocations that failed for good"),
        ("pipe/*", "sqs:SendMessage", "EventBridge sends to the pipe's queue, and to its dead letters; the local host's queues are tables of PostgreSQL"),
        ("pipe/*", "dynamodb:ListStreams", "EventBridge asks for it when it starts a pipe"),
    ];

    public static bool Holds(Permission permission) => All.Any(entry => Matches(entry, permission));

    public static bool Matches((string Holder, string Action, string Reason) entry, Permission permission) =>
        Wildcard.Matches(entry.Holder, permission.Role) && Wildcard.Matches(entry.Action, permission.Action);
}
