using System.Text.Json.Nodes;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Core.Sites;

/// <summary>The name of a point, "device.point", that must fit a role.</summary>
internal sealed class PointShape(Role role, SiteReading reading) : Shape<PointId>
{
    public override Saying Expected => $"{role.What}, as device.point";
    public override PointId Blank => new("");

    public override PointId Read(Spot spot)
    {
        var parts = spot.Node is TextNode text ? text.Text.Split('.') : [];
        // Without any device that has been said once, and need not be said at every point.
        if (reading.Devices.Count == 0) return Blank;
        if (parts.Length != 2)
            spot.Unexpected(Expected);
        else if (!reading.Devices.TryGetValue(parts[0], out var device))
            spot.Wrong($"{spot.Node.Described}, and there is no device \"{parts[0]}\"", Expected, Nearest.To(parts[0], reading.Devices.Keys));
        else
            return OfDevice(spot, device, parts[1]);
        return Blank;
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = @"^[a-z0-9-]+\.[a-z0-9-]+$" };

    private PointId OfDevice(Spot spot, Device device, string name)
    {
        if (device.Type == SiteReading.NoType) return Blank;
        var point = device.Points.FirstOrDefault(p => p.Type.Name == name);
        if (point is null)
            spot.Wrong($"{spot.Node.Described}, and {device.Type.Id} has no point \"{name}\"", $"{Expected}; it has {Fitting(device)}", Nearest.To(name, device.Type.Points.Select(p => p.Name)));
        else if (!role.Fits(point.Type))
            spot.Wrong($"{spot.Node.Described}, {Described(point.Type)}", Expected);
        else if (role.Drives == Drives.Output && !reading.TryDrive(point.Id, spot.Path, out var already))
            spot.Wrong($"{spot.Node.Described}, which {already} drives already", $"an output of its own");
        else
            return point.Id;
        return Blank;
    }

    private Saying Fitting(Device device)
    {
        var fitting = string.Join(", ", device.Type.Points.Where(role.Fits).Select(p => p.Name));
        return fitting.Length == 0 ? (Saying)$"none that fits" : $"{fitting}";
    }

    private static Saying Described(PointType type)
    {
        var what = QuantityShape.Named(type.Quantity);
        if (type.Cumulative == Accumulation.Cumulative) what = $"{what} (cumulative)";
        return type.Access switch { Access.Read => $"which reads {what}", Access.Write => $"which takes {what}", _ => $"which reads and takes {what}" };
    }
}
