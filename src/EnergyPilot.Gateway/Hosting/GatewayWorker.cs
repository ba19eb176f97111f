using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Uplink;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>The service itself: runs the school, real or virtual, records each cycle and shows it.</summary>
internal sealed partial class GatewayWorker(
    GatewayOptions options, LiveSite live, SiteDesk desk, Store store, Lessons lessons, Plans plans, Recorder recorder, LiveView view, FieldView field, UplinkView uplink, ServiceNotice notice, TimeProvider time, IHostApplicationLifetime life, ILogger<GatewayWorker> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    // The memory of the control is some 50 kB, the largest part of what a day writes: every half hour is 2 MB a day, every five minutes were 13.
    private static readonly TimeSpan MemorySaved = TimeSpan.FromMinutes(30), LedgerSaved = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Trimmed = TimeSpan.FromHours(6);
    private static readonly TimeSpan LookedFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SetBack = TimeSpan.FromMinutes(-1);

    // sysexits.h: a failure that another try may mend.
    private const int TryAgain = 75;
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(15);

    // An index only grows: its largest good value of the kept history is where it goes on.
    private static readonly TimeSpan StoreKept = TimeSpan.FromDays(60);
    private DateTimeOffset memorySaved, ledgerSaved, trimmed, lookedFor;
    private string trouble = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await (time is SteppedClock clock ? RunVirtual(clock, stoppingToken) : RunReal(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(log);
        }
        catch (Exception e)
        {
            // A surprise in the control must be loud: outputs are at their safe values, the service ends and is started anew.
            LogFailed(log, e);
            if (desk.TryGoBack()) return;
            Environment.ExitCode = 1;
            life.StopApplication();
        }
    }

    private async Task RunVirtual(SteppedClock clock, CancellationToken stop)
    {
        lessons.Resume(clock.GetUtcNow());
        await using var demo = new DemoSchool(live, clock, store.Overrides.Holding) { Knowledge = () => store.Uses.Into(plans.Knowledge) };
        LogMakingUpPast(log, DemoPast.Days);
        Keep(() => demo.MakeUpPast(store.Samples, stop));
        var memory = await demo.LivePast(Book, stop);
        demo.Serve(stop);
        field.Show(demo.Buses);
        store.Overrides.Changed = demo.Wake;
        live.Changed = demo.Wake;
        foreach (var (bus, port) in demo.Ports) LogServing(log, bus, port);
        foreach (var fault in options.Faults) demo.Break(fault);

        // Building the school and its past left garbage that the years to come never need.
        Housekeeping.GiveBack();
        await demo.LiveOn(memory, options.Speed, Learn, stop);

        void Learn(CycleRecord record)
        {
            Record(record);
            if (record.Decision.Quarters.IsEmpty) return;
            lessons.Hold(record.Decision.At, stop);
            plans.Take(record);
        }
    }

    private async Task RunReal(CancellationToken stop)
    {
        var image = new ProcessImage(live.Site);
        using var counts = new PulseCounts(options.DataFolder, StoredPulses, log);
        var buses = FieldBuses.Real(live.Site, image, counts, log);
        field.Show(buses);
        var outputs = new Outputs(live.Site, image, FieldBuses.ByPoint(live.Site, buses), log);
        lessons.Resume(time.GetUtcNow());
        var memory = store.Memory.Load();
        recorder.From(memory);
        var cycle = new Cycle(live, image, outputs, store.Overrides.Holding, Pilot.Decide).Knowing(() => store.Uses.Into(plans.Knowledge)).From(memory);
        var keeper = new RecordKeeper(Tend, time, log) { AfterLoss = recorder.AfterLoss };
        try
        {
            var drive = new LiveDrive(time, buses, cycle, log);
            store.Overrides.Changed = drive.Wake;
            live.Changed = drive.Wake;
            drive.Before = () => LookAtClock(image, cycle, keeper);
            // What an earlier start in this run of the machine stamped without knowing the time; afterwards Look tells.
            if (time is SteadyClock { Segment: { Quality: ClockQuality.Trusted } known }) keeper.Then(() => store.Samples.Restamp(known.Begun - known.Monotonic));
            await drive.Run(Interval, (record, _) => Take(record, keeper), stop);
        }
        finally
        {
            await Leave(outputs, buses);
            await keeper.DisposeAsync();
            Keep(() => store.Memory.Save(cycle.Memory));
            Keep(store.Ledger.Save);
        }
    }

    // Without us the installed regulation heats. A dead bus may cost its share of the time, never the others' safe values:
    // what is not written in time is released when the bus is closed.
    private async Task Leave(Outputs outputs, ImmutableArray<IFieldBus> buses)
    {
        try
        {
            using var enough = new CancellationTokenSource(Leaving, time);
            if (await outputs.FailSafe(time.GetUtcNow(), enough.Token)) LogAllSafe(log);
        }
        catch (OperationCanceledException)
        {
            LogNotAllSafe(log);
        }
        finally
        {
            foreach (var bus in buses) await Close(bus);
        }
    }

    // One that cannot be closed must not keep the next from releasing its lines.
    private async Task Close(IFieldBus bus)
    {
        try
        {
            await bus.DisposeAsync();
        }
        catch (Exception e)
        {
            LogNotClosed(log, bus.Bus.Id, e);
        }
    }

    private ValueTask Take(CycleRecord record, RecordKeeper keeper)
    {
        notice.Alive();
        store.IsLate = keeper.IsLate;
        keeper.Take(time is SteadyClock clock ? record with { Clock = clock.Segment } : record);
        view.Show(Told(record));
        lessons.After(record.Decision);
        plans.After(record);
        return ValueTask.CompletedTask;
    }

    // Readings stay as old as they are; what the control remembers of the future would hold it up for as long.
    private void LookAtClock(ProcessImage image, Cycle cycle, RecordKeeper keeper)
    {
        if (time is not SteadyClock clock) return;
        var (before, then) = (clock.Segment, clock.GetUtcNow());
        var change = clock.Look();
        if (change == ClockChange.None) return;
        var shift = change.Shift;
        image.Shift(shift);
        if (shift < SetBack)
        {
            cycle.StartAnew();
            keeper.Then(() => recorder.From(Memory.Empty));
        }

        LogClock(log, shift, clock.Segment.Quality);
        // After the cycles that ran before, and by the thread that may wait for the card.
        if (!change.IsSet) return;
        keeper.Then(() => store.Samples.Restamp(change.Base));
        keeper.Then(() => store.Overrides.Move(before.Begun, then, shift));
    }

    // What is wrong with the gateway itself stands beside what is wrong with the school. It is no part of what is replayed.
    private CycleRecord Told(CycleRecord record) => store.Alarming(record.Decision.At).Concat(desk.Alarming()).Concat(uplink.Alarming(record.Decision.At)).ToArray() is { Length: > 0 } own
        ? record with { Decision = record.Decision with { Alarms = record.Decision.Alarms.AddRange(own) } }
        : record;

    private void Record(CycleRecord record)
    {
        notice.Alive();
        Tend(record);
        view.Show(Told(record));
    }

    private void Book(CycleRecord record)
    {
        recorder.Take(record);
        store.Record(Told(record));
    }

    private void Tend(CycleRecord record)
    {
        var at = record.Decision.At;
        desk.Prove(record.Version);
        Book(record);
        if (at - memorySaved >= MemorySaved || at < memorySaved)
        {
            Keep(() => store.Memory.Save(record.Decision.Memory));
            memorySaved = at;
        }

        if ((at - ledgerSaved).Duration() >= LedgerSaved)
        {
            Keep(store.Ledger.Save);
            Keep(() => store.Snapshot(at));
            ledgerSaved = at;
        }

        if ((at - lookedFor).Duration() >= LookedFor && options.School == SchoolKind.Real) LookForFolder(at);
        if (at - trimmed < Trimmed && at >= trimmed) return;
        Keep(() => store.Trim(at));
        trimmed = at;
    }

    // The store of a running gateway cannot be changed under it; a new start takes seconds.
    private void LookForFolder(DateTimeOffset at)
    {
        lookedFor = at;
        if (!store.IsDamaged && !store.IsBack()) return;
        LogBack(log);
        Environment.ExitCode = TryAgain;
        life.StopApplication();
    }

    // A full or broken card costs history, never control.
    private void Keep(Action write)
    {
        try
        {
            write();
            trouble = "";
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            if (trouble != e.Message) LogNotKept(log, trouble = e.Message);
        }
    }

    private long StoredPulses(Point point)
    {
        var now = time.GetUtcNow();
        var index = store.Samples.Series(point.Id, now - StoreKept, now, Resolution.Raw).Where(s => double.IsFinite(s.Max)).Select(s => s.Max).DefaultIfEmpty(0).Max();
        return (long)Math.Round(index / point.Factor);
    }

    [LoggerMessage(LogLevel.Information, "Virtual Modbus bus {Bus} is served on 127.0.0.1:{Port}")]
    private static partial void LogServing(ILogger log, string bus, int port);

    [LoggerMessage(LogLevel.Information, "Virtual school: what its meters counted in the {Days} days before its start is made up from a typical year of weather; nobody measured it")]
    private static partial void LogMakingUpPast(ILogger log, int days);

    [LoggerMessage(LogLevel.Warning, "Not every output could be set to its safe value in time; buses are closed")]
    private static partial void LogNotAllSafe(ILogger log);

    [LoggerMessage(LogLevel.Error, "The data folder does not take what it should keep; the control goes on: {Why}")]
    private static partial void LogNotKept(ILogger log, string why);

    [LoggerMessage(LogLevel.Warning, "The clock was moved by {Shift} and is {Quality} now")]
    private static partial void LogClock(ILogger log, TimeSpan shift, ClockQuality quality);

    [LoggerMessage(LogLevel.Warning, "The service ends, to be started anew: with the data folder that works again, or with a new database in place of a damaged one")]
    private static partial void LogBack(ILogger log);

    [LoggerMessage(LogLevel.Information, "All outputs are at their safe values")]
    private static partial void LogAllSafe(ILogger log);

    [LoggerMessage(LogLevel.Error, "Bus {Bus} could not be closed")]
    private static partial void LogNotClosed(ILogger log, string bus, Exception e);

    [LoggerMessage(LogLevel.Information, "The control has stopped")]
    private static partial void LogStopped(ILogger log);

    [LoggerMessage(LogLevel.Critical, "The control failed; outputs are at their safe values and the service ends, to be started anew")]
    private static partial void LogFailed(ILogger log, Exception e);
}
