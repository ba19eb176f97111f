using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Gpio;

namespace EnergyPilot.Gateway.Field;

/// <summary>A look at a line that is not in the site yet: taken, read and given back.</summary>
internal sealed partial class GpioBus
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    public async ValueTask<Look> Look(Device device, ProcessImage other, DateTimeOffset at, CancellationToken stop)
    {
        var line = Installed(device.Id, device.Points[0], int.Parse(device.Address, CultureInfo.InvariantCulture), PulseCounts.Forgotten);
        if (Own(line) is { } own) return own.Device == device.Id && own.Use == line.Use ? Again(own, line, other, at) : Refused(LineFault.PinOfDevice, line, Fact.Of("device", own.Device));
        // Taking a line as an output would switch what hangs on it.
        if (line.Use == LineUse.Relay) return Refused(LineFault.OutputNotAsked, line);
        try
        {
            if (Borrow(line) is { } refused) return refused;
            return line.Use == LineUse.Pulse ? await Pulses(line, other, at, stop) : Level(line, other, at);
        }
        finally
        {
            GiveBack(line);
        }
    }

    private Line? Own(Line other) => lines.FirstOrDefault(l => l.Number == other.Number);

    private static Look Refused(LineFault fault, Line line, params ReadOnlySpan<Fact> facts) =>
        Field.Look.NotPossible(new LineTrouble(fault, $"Line {line.Number} cannot be asked: {fault}.", [Fact.Of("line", $"{line.Number}"), .. facts]));

    // The device itself, as it would be with another wiring: its line is open, and reading it takes nothing away.
    private Look Again(Line own, Line line, ProcessImage other, DateTimeOffset at)
    {
        lock (gate)
        {
            if (board is null || isEnded || !own.IsOpen) return Field.Look.NotPossible(Troubles);
            if (line.Use == LineUse.Pulse) other.Put(line.Point, own.Counter.Count * line.Point.Factor, at);
            else Read(board, line, other, at);
            return Field.Look.Asked();
        }
    }

    // Null when the line is ours now.
    private Look? Borrow(Line line)
    {
        lock (gate)
        {
            if (board is null || isEnded) return Field.Look.NotPossible(Troubles);
            try
            {
                Open(board, line);
                line.IsOpen = true;
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Field.Look.NotPossible(Told(e));
            }
        }
    }

    private void GiveBack(Line line)
    {
        lock (gate)
            if (line.IsOpen && !isEnded) board?.Release(line.Number);
    }

    private Look Level(Line line, ProcessImage other, DateTimeOffset at)
    {
        lock (gate)
            if (board is not null && !isEnded) Read(board, line, other, at);
        return Field.Look.Asked();
    }

    private async ValueTask<Look> Pulses(Line line, ProcessImage other, DateTimeOffset at, CancellationToken stop)
    {
        using var glance = new PeriodicTimer(Glance);
        try
        {
            while (line.Counter.Count == 0 && await glance.WaitForNextTickAsync(stop))
                lock (gate)
                    if (board is not null && !isEnded) Take(board, line);
        }
        catch (OperationCanceledException)
        {
            return Field.Look.Asked(new LineTrouble(LineFault.NoPulse, "No pulse came.", Fact.Of("duration", Hosting.Probe.Patience)));
        }

        other.Put(line.Point, line.Counter.Count * line.Point.Factor, at);
        return Field.Look.Asked();
    }
}
