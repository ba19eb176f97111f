using System.Collections.Immutable;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.MBus;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Finds the meters of an M-Bus: by their primary addresses, and by who they are.</summary>
/// <param name="range">Primary addresses to ask; all when missing.</param>
internal sealed class MBusScan(Target target, UnitRange? range)
{
    private const byte LastPrimary = 250;
    private static readonly int[] UsualSpeeds = [2400, 300, 9600];

    // Of several steps, the two kinds of search take about the same time.
    private const double HalfWay = 0.5;

    private readonly List<Found> found = [];
    private string quarrel = "";

    public async Task<int> Run(CancellationToken stop)
    {
        if (range is { Last: > LastPrimary }) throw VerbTrouble.Asked($"Primary addresses of an M-Bus end at {LastPrimary}.");
        await BusDoor.Try(target, stop);
        var began = TimeProvider.System.GetTimestamp();
        int[] speeds = target.Search == LineSearch.Known ? [target.Bus.Format.BaudRate] : UsualSpeeds;
        var spoken = speeds[0];
        try
        {
            await Bar.During($"{target.Name}: M-Bus", async report =>
            {
                for (var i = 0; i < speeds.Length && found.Count == 0; i++)
                {
                    spoken = speeds[i];
                    await Sweep(target with { Bus = target.Bus with { Format = target.Bus.Format with { BaudRate = spoken } } }, (share, what) => report((i + share) / speeds.Length, what), stop);
                }
            });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted; so far:");
        }

        Print(spoken, TimeProvider.System.GetElapsedTime(began));
        return found.Count > 0 ? 0 : 2;
    }

    private async Task Sweep(Target at, Action<double, string> report, CancellationToken stop)
    {
        await using var master = FieldBuses.MBusMaster(at.Bus, new FrameTrace(0, TimeProvider.System));
        var asked = range ?? new UnitRange(0, LastPrimary);
        await foreach (var step in master.Scan(asked.First, asked.Last, stop))
        {
            report(step.Done * HalfWay, $"{target.Name} at {at.Bus.Format.BaudRate} Bd: address {step.Asked}, {found.Count} found");
            await Note(master, step, at, stop);
        }

        await foreach (var step in master.Search(stop))
        {
            report(HalfWay + step.Done * HalfWay, $"{target.Name} at {at.Bus.Format.BaudRate} Bd: {step.Asked.Identity?.Number:X8}, {found.Count} found");
            await Note(master, step, at, stop);
        }
    }

    private async Task Note(MBusMaster master, MBusScanStep step, Target at, CancellationToken stop)
    {
        if (step.Outcome == MBusScanOutcome.LineLost) throw await BusDoor.Lost(at, stop);
        if (step.Outcome == MBusScanOutcome.Collision && step.Asked.Identity is null) quarrel = $"At primary address {step.Asked} several meters answer at once, or the line is disturbed: read them by their identities.";
        if (step.Outcome != MBusScanOutcome.Meter) return;
        var address = step.Asked.Identity is null ? step.Asked : step.Header?.Identity is { } who ? MBusAddress.Secondary(who) : step.Asked;
        if (step.Header?.Identity is { } known && found.Any(f => f.Identity == known)) return;
        var reading = await master.Read(address, at.Bus.Deadline, stop);
        var fitting = reading is { Fault: MBusFault.None, Telegram: { } telegram } ? MBusText.Fitting(Models.Of(target), telegram) : $"not read: {reading.Fault}";
        found.Add(new Found(step.Asked.Identity is null ? $"{step.Asked}" : ValueText.None, step.Header?.Identity, fitting));
    }

    private void Print(int spoken, TimeSpan took)
    {
        if (found.Count > 0)
            new Sheet([">primary", "identity", "measures", "models that fit", "site file"], [.. found.Select(f => (ImmutableArray<string>)
                [f.Primary, f.Identity is { } who ? $"{who}" : ValueText.None, f.Identity is { } what ? MBusText.Medium(what) : ValueText.None, f.Fitting, Planned(f)])]).Print();
        if (quarrel.Length > 0) Console.WriteLine(quarrel);
        foreach (var device in target.Devices.Where(d => !found.Any(f => IsAt(f, d.Address))))
            Console.WriteLine($"Silent: {device.Address}, {device.Id} ({device.Type.Id}) by the site file.");
        Console.WriteLine($"{(found.Count == 0 ? "No meter answers" : found.Count == 1 ? "1 meter answers" : $"{found.Count} meters answer")} on {target.Bus.Where} at {spoken} Bd; asked in {took.TotalSeconds:0.#} s.");
        if (found.Count == 0) Console.WriteLine("Does the line have its voltage (some 36 V), does the level converter feed so many meters? Try --baud 300, or --baud all.");
        else if (found[0].Identity is { } first) Console.WriteLine($"Next: energypilot read {target.Name} {(target.Bus.Id.Length > 0 ? "" : "--protocol m-bus ")}--unit {first}");
    }

    private string Planned(Found one) => target.Devices.FirstOrDefault(d => IsAt(one, d.Address)) is { } device ? $"{device.Id} ({device.Type.Id})" : ValueText.None;

    private static bool IsAt(Found one, string address) =>
        one.Primary == address || one.Identity is { } who && MBusUnits.AddressOf(address).Identity?.Selects(who) == true;

    private sealed record Found(string Primary, MBusIdentity? Identity, string Fitting);
}
