using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>The buses with all that hangs on them, and how it does.</summary>
internal static class DevicesApi
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/devices", All).WithName("Devices").WithSummary("Every bus and device, with its points as they were last read and how it answers");

    private static BusRow[] All(FieldView field, LiveView live, PageDesk desk)
    {
        var (site, latest) = (desk.Site(), live.Latest);
        return [.. field.Buses.Select(bus => new BusRow(
            bus.Bus.Id, bus.Bus.Protocol.ToString(), bus.Trouble, [.. site.Devices.Where(d => d.Bus.Id == bus.Bus.Id).Select(d => DeviceRow.Of(d, bus.Counters.GetValueOrDefault(d.Id)?.Read(), latest))]))];
    }
}

/// <summary>A bus; its trouble is empty while it works.</summary>
internal sealed record BusRow(string Bus, string Protocol, string Trouble, DeviceRow[] Devices);

/// <summary>A device. Times are null and counters 0 for one that nobody asks.</summary>
/// <param name="LatencyMs">The middle one of its last answers.</param>
internal sealed record DeviceRow(
    string Device, string Name, string Model, string Address, DateTimeOffset? LastHeard, long Requests, long Failures, double? LatencyMs, double? Latency99Ms, PointRow[] Points)
{
    public static DeviceRow Of(Device device, DeviceFigures? figures, CycleRecord? latest) => new(
        device.Id, device.Name, $"{device.Type.Maker} {device.Type.Model}".Trim(), device.Address, figures is null ? null : LearningApi.Known(figures.LastGood),
        figures?.Requests ?? 0, figures is null ? 0 : Enum.GetValues<Trouble>().Sum(figures.Of), Milliseconds(figures?.Median), Milliseconds(figures?.Slowest),
        [.. device.Points.Select(p => PointRow.Of(p, latest?.Snapshot.Of(p.Id) ?? Reading.Unreliable(Reliability.NoSensor, DateTimeOffset.MinValue)))]);

    private static double? Milliseconds(TimeSpan? span) => span is { Ticks: > 0 } known ? Math.Round(known.TotalMilliseconds, 1) : null;
}

/// <summary>A point: its value in the unit, null while it cannot be trusted, and why.</summary>
internal sealed record PointRow(string Point, string Name, double? Value, string Unit, string Reliability, DateTimeOffset? At)
{
    public static PointRow Of(Point point, Reading reading) => new(
        point.Id.Name, point.Type.Name, reading.IsReliable ? LearningApi.Known(reading.Value) : null, Core.Units.Unit.Canonical(point.Type.Quantity).Symbol, reading.Reliability.ToString(),
        LearningApi.Known(reading.At));
}
