namespace DomainFlow.Client.Tests;

/// <summary>Moves when it is told to.</summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
