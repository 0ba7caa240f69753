namespace DomainFlow.Playbooks.Times;

internal static class PartHours
{
    /// <summary>Since midnight; a night ends after the next one.</summary>
    public static (TimeSpan From, TimeSpan To) Of(Part part)
    {
        var (from, to) = part switch
        {
            Part.Morning => (6, 12),
            Part.Noon => (12, 12),
            Part.Afternoon => (12, 18),
            Part.Evening => (18, 22),
            Part.Midnight => (0, 0),
            Part.SmallHours => (0, 6),
            _ => (21, 30),
        };
        return (TimeSpan.FromHours(from), TimeSpan.FromHours(to));
    }

    /// <summary>What people mean by it when one moment is asked for.</summary>
    public static TimeSpan Typical(Part part) => part switch
    {
        Part.Morning => TimeSpan.FromHours(8),
        Part.Afternoon => TimeSpan.FromHours(15),
        Part.Evening => TimeSpan.FromHours(19),
        Part.Night => TimeSpan.FromHours(22),
        Part.SmallHours => TimeSpan.FromHours(3),
        _ => Of(part).From,
    };
}
