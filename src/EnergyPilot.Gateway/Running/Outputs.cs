using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;

namespace EnergyPilot.Gateway.Running;

/// <summary>
/// Writes what was decided: on change, when the device reads back something else, and every few minutes in any case,
/// because a relay board that restarted has forgotten. What cannot be written shows as a lost reading of that point.
/// An output on a battery (hold-off) is spared: it is written on change only, the latest wish once per hold-off. Frost protection and
/// the safe state do not wait: they come rarely, and a frozen pipe costs more than a battery.
/// </summary>
internal sealed partial class Outputs(Site site, ProcessImage image, IReadOnlyDictionary<PointId, IFieldBus> buses, ILogger log)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(5);
    private readonly Dictionary<PointId, (double Value, DateTimeOffset At)> written = [];
    private readonly Dictionary<PointId, string> devices = site.Devices.SelectMany(d => d.Points, (d, p) => (p.Id, Device: d.Id)).ToDictionary(x => x.Id, x => x.Device);

    // A device that did not take one value is not asked for the next sixteen in the same cycle: each costs a deadline.
    private readonly HashSet<string> silent = [];

    public async ValueTask Apply(Snapshot snapshot, Decision decision, CancellationToken stop)
    {
        silent.Clear();
        foreach (var output in decision.Outputs)
            if (IsNeeded(snapshot, output) && !silent.Contains(devices[output.Point]))
                await Write(site.Points[output.Point], output.Value, snapshot.At, stop);
    }

    /// <summary>Sets every output to its safe value: heating goes on under the installed regulation. True when all took it; the others are logged.</summary>
    public async ValueTask<bool> FailSafe(DateTimeOffset at, CancellationToken stop)
    {
        silent.Clear();
        foreach (var bus in buses.Values.Distinct()) bus.Forgive();
        List<string> missed = [];
        foreach (var point in site.Points.Values)
            if (point.Type.Access != Access.Read && (silent.Contains(devices[point.Id]) || !await Write(point, point.Type.Safe, at, stop)))
                missed.Add(point.Id.Name);
        if (missed.Count > 0) LogNotSafe(log, string.Join(", ", missed));
        return missed.Count == 0;
    }

    private bool IsNeeded(Snapshot snapshot, Command output)
    {
        var holdOff = site.Points[output.Point].Type.HoldOff;
        return holdOff > TimeSpan.Zero ? IsNeeded(snapshot, output, holdOff) : IsNeededOnMains(snapshot, output);
    }

    private bool IsNeededOnMains(Snapshot snapshot, Command output)
    {
        if (!written.TryGetValue(output.Point, out var last) || !last.Value.Equals(output.Value)) return true;
        if (snapshot.At - last.At >= Refresh || snapshot.At < last.At) return true;
        return ReadsBackOtherwise(snapshot, output, last.At);
    }

    // After a restart nobody knows when it was last written. What it reads back decides: if it stands as wished, that counts as
    // written; else, and when it says nothing, once more is right.
    private bool IsNeeded(Snapshot snapshot, Command output, TimeSpan holdOff)
    {
        if (!written.TryGetValue(output.Point, out var last))
        {
            if (!Stands(snapshot.Of(output.Point), output.Value)) return true;
            written[output.Point] = (output.Value, snapshot.At - holdOff);
            return false;
        }

        var isChanged = !last.Value.Equals(output.Value);
        if (isChanged && output.Priority == Priority.LifeSafety) return true;
        var isHeld = snapshot.At - last.At < holdOff && snapshot.At >= last.At;
        return !isHeld && (isChanged || ReadsBackOtherwise(snapshot, output, last.At));
    }

    private static bool ReadsBackOtherwise(Snapshot snapshot, Command output, DateTimeOffset written)
    {
        var reading = snapshot.Of(output.Point);
        return reading.IsReliable && reading.At > written && !Stands(reading, output.Value);
    }

    private static bool Stands(Reading reading, double value) => reading.IsReliable && Math.Abs(reading.Value - value) <= Tolerance(value);

    // A register holds a setpoint in its own steps.
    private static double Tolerance(double value) => 0.4 + 0.01 * Math.Abs(value);

    private async ValueTask<bool> Write(Point point, double value, DateTimeOffset at, CancellationToken stop)
    {
        if (!buses.TryGetValue(point.Id, out var bus)) return false;
        if (await TryWrite(bus, point, value, stop))
        {
            written[point.Id] = (value, at);
            image.Put(point.Id, Reading.Good(value, at));
            return true;
        }

        // A broker that did not confirm may have passed the command on all the same: the battery counts it.
        silent.Add(devices[point.Id]);
        if (point.Type.HoldOff > TimeSpan.Zero) written[point.Id] = (double.NaN, at);
        else written.Remove(point.Id);
        image.Put(point.Id, Reading.Unreliable(Reliability.CommunicationFailure, at));
        return false;
    }

    // A defect in a driver costs its own output, and the log says why: the other rooms are heated all the same.
    private async ValueTask<bool> TryWrite(IFieldBus bus, Point point, double value, CancellationToken stop)
    {
        try
        {
            return await bus.Write(point, value, stop) == WriteResult.Done;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            LogWriteFailed(log, point.Id.Name, e);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Writing {Point} failed by a defect; it counts as not written")]
    private static partial void LogWriteFailed(ILogger log, string point, Exception e);

    [LoggerMessage(LogLevel.Warning, "These outputs did not take their safe values: {Points}. What their wiring does without us decides")]
    private static partial void LogNotSafe(ILogger log, string points);
}
