using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Import;

namespace DomainFlow.Client.Tests.Import;

public sealed class ImportJournalTests : IDisposable
{
    private static readonly ImportHead Head = new("00", "f.csv", Guid.Empty, "d", "UTC", AsksFirst: false);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("domainflow-");
    private readonly TestClock clock = new();

    private string JournalPath => Path.Combine(folder.FullName, "j.jsonl");

    [Fact]
    public void What_was_accepted_is_known_after_a_process_ends()
    {
        var (two, nine) = (Guid.NewGuid(), Guid.NewGuid());
        using (var journal = Open())
        {
            journal.Announce(2);
            journal.Accept(2, "a", two);
            journal.Accept(9000, "b", nine);
            journal.Accept(9000, "b", nine);
        }

        using var again = Open();
        Assert.Equal((Head, 2), (again.Head, again.Done));
        Assert.True(again.HasDone(2) && again.HasDone(9000));
        Assert.False(again.HasDone(3) || again.HasDone(9001) || again.HasDone(1_000_000));
        Assert.Equal([two], again.Incidents(8999));
        Assert.Equal([two, nine], again.Incidents(9000));
    }

    [Fact]
    public void A_line_that_was_not_written_to_its_end_is_dropped()
    {
        using (var journal = Open()) journal.Accept(2, "a", Guid.NewGuid());
        File.AppendAllText(JournalPath, "{\"row\":3,\"id\":\"b\",\"inci");
        using (var journal = Open())
        {
            Assert.Equal((1, false), (journal.Done, journal.HasDone(3)));
            journal.Accept(3, "b", Guid.NewGuid());
        }

        using var again = Open();
        Assert.Equal(2, again.Done);
    }

    [Fact]
    public void A_line_in_the_middle_that_cannot_be_read_is_named()
    {
        Open().Dispose();
        File.AppendAllText(JournalPath, "nonsense\n");
        Assert.Contains("line 2", Assert.Throws<ClientException>(() => Open()).Message);
        using var restarted = ImportJournal.Open(JournalPath, restart: true, clock);
        Assert.Null(restarted.Head);
    }

    [Fact]
    public void The_same_import_does_not_run_twice_at_a_time()
    {
        using var journal = Open();
        Assert.Contains("is running already", Assert.Throws<ClientException>(() => Open()).Message);
    }

    [Fact]
    public void Only_a_row_that_was_announced_while_its_key_may_have_expired_since_must_be_looked_up()
    {
        using (var journal = Open())
        {
            journal.Announce(2);
            journal.Announce(60);
            clock.Advance(TimeSpan.FromHours(10));
            journal.Announce(100);
        }

        clock.Advance(TimeSpan.FromHours(14));
        using var again = Open();
        again.Announce(500);
        Assert.Equal([true, true, false, false], new long[] { 2, 65, 66, 500 }.Select(again.MustBeLookedUp));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private ImportJournal Open()
    {
        var journal = ImportJournal.Open(JournalPath, restart: false, clock);
        if (journal.Head is null) journal.Begin(Head);
        return journal;
    }
}
