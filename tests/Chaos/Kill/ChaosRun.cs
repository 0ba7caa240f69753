using System.Globalization;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Topology;

namespace DomainFlow.Chaos.Tests.Kill;

/// <summary>
/// One seed's story: reports whose messages are delivered late, twice and in any order to processes that are killed or stand still at any
/// await, while people delete, correct and reprocess. A process that stands still loses its message to another, and may be killed later.
/// </summary>
internal sealed class ChaosRun(ReportWorld world, int seed)
{
    private const int Reports = 6;
    private const int Steps = 45;
    private const int MostAwaits = 70;

    private readonly Random _random = new(seed);
    private readonly List<Guid> _reports = [];
    private readonly HashSet<Guid> _toDelete = [];
    private readonly List<(Guid Incident, int Receives)> _queue = [];
    private readonly List<SynthesisProcess> _stalled = [];

    private Exception? _lastError;

    public int Kills { get; private set; }

    public int Stalls { get; private set; }

    public int Redriven { get; private set; }

    public async Task PlayAsync()
    {
        for (var i = 0; i < Reports; i++) _reports.Add(await world.ReportAsync(announcesPhoto: i % 3 == 0));
        _toDelete.UnionWith(_reports.Where((_, place) => place % 2 == 0));
        for (var step = 0; step < Steps; step++)
        {
            await StepAsync();
            await HearAsync();
        }

        await QuietAsync();
        await AgreeAsync("after what was not acknowledged came again");
        _queue.AddRange(_reports.Select(report => (report, 1)));
        await QuietAsync();
        await AgreeAsync("after everything came again");
    }

    private Task StepAsync() => _random.Next(100) switch
    {
        < 60 when _queue.Count > 0 => DeliverAsync(),
        < 75 when _stalled.Count > 0 => ResumeAsync(),
        < 85 => ChangeAsync(),
        _ => DuplicateAsync(),
    };

    private async Task DeliverAsync()
    {
        var place = _random.Next(_queue.Count);
        var (incident, receives) = _queue[place];
        _queue[place] = (incident, Delivered(receives));
        var process = world.TakeProcess();
        var ending = _random.Next(100) switch
        {
            < 45 => await process.HandleAsync(incident, receives + 1, AnyAwait()),
            < 70 => await process.HandleAsync(incident, receives + 1, AnyAwait(), kill: false),
            _ => await process.HandleAsync(incident, receives + 1),
        };
        if (ending == Ending.Done) _queue.RemoveAt(place);
        await EndAsync(process, ending);
        await world.ObserveAsync(incident);
    }

    private async Task ResumeAsync()
    {
        var process = _stalled[_random.Next(_stalled.Count)];
        _stalled.Remove(process);
        await EndAsync(process, await process.ResumeAsync(_random.Next(2) == 0 ? _random.Next(12) : null));
    }

    private Task ChangeAsync()
    {
        var report = _reports[_random.Next(_reports.Count)];
        return _random.Next(4) switch
        {
            0 when _toDelete.Contains(report) => DeleteAsync(report),
            1 => world.ReprocessAsync(report),
            2 => world.NotePhotoAsync(report),
            _ => world.CorrectAsync(report, $"Correction {_random.Next(1000).ToString(CultureInfo.InvariantCulture)}"),
        };
    }

    private async Task DeleteAsync(Guid report)
    {
        if (await world.DeleteAsync(report)) _toDelete.Remove(report);
    }

    private Task DuplicateAsync()
    {
        _queue.Add((_reports[_random.Next(_reports.Count)], _random.Next(2)));
        return Task.CompletedTask;
    }

    /// <summary>Until nothing is left to do: no more kills but of those that stood still.</summary>
    private async Task QuietAsync()
    {
        for (var turn = 0; _queue.Count + _stalled.Count + _toDelete.Count > 0; turn++)
        {
            Assert.True(turn < 2000, $"seed {seed} does not come to its end: {_queue.Count} messages wait, {_stalled.Count} processes stand still, {_toDelete.Count} reports are to be deleted; last error: {_lastError}");
            if (_toDelete.Count > 0) await DeleteAsync(_toDelete.First());
            if (_stalled.Count > 0 && (_queue.Count == 0 || _random.Next(3) == 0)) await ResumeAsync();
            else if (_queue.Count > 0) await DeliverQuietlyAsync();
            await HearAsync();
        }
    }

    private async Task DeliverQuietlyAsync()
    {
        var place = _random.Next(_queue.Count);
        var (incident, receives) = _queue[place];
        _queue[place] = (incident, Delivered(receives));
        var process = world.TakeProcess();
        var ending = await process.HandleAsync(incident, receives + 1);
        if (ending == Ending.Done) _queue.RemoveAt(place);
        await EndAsync(process, ending);
        await world.ObserveAsync(incident);
    }

    private async Task EndAsync(SynthesisProcess process, Ending ending)
    {
        if (ending == Ending.Stalled)
        {
            Stalls++;
            _stalled.Add(process);
            return;
        }

        if (ending == Ending.Killed) Kills++;
        if (ending == Ending.Failed) _lastError = process.Error;
        await world.ReturnAsync(process, ending);
    }

    private async Task HearAsync() => _queue.AddRange((await world.TakeChangesAsync()).Select(report => (report, 0)));

    /// <summary>More often an early one: many deliveries find little to do.</summary>
    private int AnyAwait() => 1 + (int)(MostAwaits * Math.Pow(_random.NextDouble(), 2));

    /// <summary>A message that was delivered as often as the queue allows is dead; it is redriven at once.</summary>
    private int Delivered(int receives)
    {
        if (receives + 1 < SystemMap.Queue(SystemMap.ReportChanges).MaxReceives) return receives + 1;
        Redriven++;
        return 0;
    }

    private async Task AgreeAsync(string when)
    {
        var differences = await world.DifferencesAsync();
        Assert.True(differences.Count == 0, $"seed {seed}, {when}:\n{string.Join('\n', differences)}");
    }
}
