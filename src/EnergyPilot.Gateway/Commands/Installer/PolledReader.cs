using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>A device on the kernel's files, on a GPIO chip or behind a broker, read just as the gateway reads it.</summary>
/// <param name="patience">How long a device that speaks by itself may keep silent; zero for those that are asked.</param>
internal sealed class PolledReader(Target target, Device device, TimeSpan patience) : IFieldReader
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly ProcessImage image = new(device.Points.ToDictionary(p => p.Id));
    private IFieldBus? bus;

    public string Title => $"{Models.Label(device.Type)}, {device.Address} on {target.Bus.Where}";

    public async Task<Sheet> Read(CancellationToken stop)
    {
        // Every point at each reading, whatever its pace in operation.
        var all = device with { Points = [.. device.Points.Select(p => p with { Type = p.Type with { Poll = PollClass.Fast } })] };
        bus ??= FieldBuses.Open(target.Bus with { Interval = Moment }, [all], image, new Surroundings(Client(), PulseCounts.Forgotten, NullLogger.Instance));
        var readable = device.Points.Where(p => p.Type.Access != Access.Write).ToArray();
        var began = TimeProvider.System.GetTimestamp();
        using var moment = new PeriodicTimer(Moment);
        IReadOnlyDictionary<PointId, Reading> readings;
        do
        {
            var now = TimeProvider.System.GetUtcNow();
            await bus.Poll(now, stop);
            readings = image.Freeze(now, []).Readings;
        }
        while (!readable.All(p => readings.ContainsKey(p.Id)) && TimeProvider.System.GetElapsedTime(began) < patience && await moment.WaitForNextTickAsync(stop));

        if (readable.Length > 0 && !readable.Any(p => readings.ContainsKey(p.Id))) throw VerbTrouble.Field(Silence());
        return new Sheet(["point", ">value", "unit", "state"], [.. device.Points.Select(p => Row(p, readings))]);
    }

    public async ValueTask DisposeAsync()
    {
        if (bus is not null) await bus.DisposeAsync();
    }

    /// <summary>A name that no other connection has: a broker ends the older of two.</summary>
    public static string Client() => $"energypilot-installer-{Guid.NewGuid():N}"[..30];

    private string Silence() => target.Bus.Protocol switch
    {
        Protocol.Kernel => $"{device.Address} below {target.Bus.Where} gives no value: it is not there, or its driver reports an error. \"energypilot scan {target.Name}\" shows what is there.",
        Protocol.Gpio => $"Line {device.Address} gives no value. {string.Join(' ', bus?.Troubles.Select(t => t.Log) ?? [])} When the gateway holds the line, stop it first (systemctl stop energypilot).",
        _ => $"{device.Address} said nothing within {patience.TotalSeconds:0} s on {target.Bus.Where}. Battery devices speak every few minutes: wait longer with --deadline 10min, or press their button.",
    };

    private static ImmutableArray<string> Row(Point point, IReadOnlyDictionary<PointId, Reading> readings)
    {
        var unit = Unit.Canonical(point.Type.Quantity).Symbol;
        if (point.Type.Access == Access.Write) return [point.Type.Name, ValueText.None, unit, "can only be written"];
        return readings.TryGetValue(point.Id, out var reading)
            ? [point.Type.Name, ValueText.Of(point.Type.Quantity, reading.Value), unit, ValueText.Of(reading.Reliability)]
            : [point.Type.Name, ValueText.None, unit, "not said"];
    }
}
