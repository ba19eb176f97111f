using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Core.Sites;

/// <summary>What stands at one address for a supervisor: "device.point", "zone/cp.setpoint", "circuit/north.setpoint" or "alarms".</summary>
internal sealed class SupervisedShape(string address, SiteReading reading, ImmutableArray<Zone> zones) : Shape<SupervisedPoint>
{
    private const string AlarmsName = "alarms", ZonePrefix = "zone/", CircuitPrefix = "circuit/";

    public override Saying Expected => $"device.point, zone/ID.temperature, zone/ID.setpoint, zone/ID.heat, circuit/ID.setpoint or alarms";

    public override SupervisedPoint Blank => new(0, SupervisedValue.DevicePoint, "", new PointId(""));

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = @"^(alarms|(zone/|circuit/)?[a-z0-9-]+\.[a-z0-9-]+)$" };

    public override SupervisedPoint Read(Spot spot)
    {
        var text = spot.Node is TextNode node ? node.Text : "";
        if (text == AlarmsName) return Here(SupervisedValue.Alarms, "", text);
        var parts = text.Split('.');
        if (parts.Length != 2) return Refuse(spot);
        if (parts[0].StartsWith(ZonePrefix, StringComparison.Ordinal)) return OfZone(spot, parts[0][ZonePrefix.Length..], parts[1], text);
        if (parts[0].StartsWith(CircuitPrefix, StringComparison.Ordinal)) return OfCircuit(spot, parts[0][CircuitPrefix.Length..], parts[1], text);
        if (!reading.Devices.TryGetValue(parts[0], out var device)) return Refuse(spot, $"there is no device \"{parts[0]}\"", Nearest.To(parts[0], reading.Devices.Keys));
        if (device.Type == SiteReading.NoType) return Blank;
        return device.Points.Any(p => p.Type.Name == parts[1])
            ? Here(SupervisedValue.DevicePoint, "", text)
            : Refuse(spot, $"{device.Type.Id} has no point \"{parts[1]}\"", Nearest.To(parts[1], device.Type.Points.Select(p => p.Name)));
    }

    private SupervisedPoint OfZone(Spot spot, string zone, string what, string text)
    {
        var ids = zones.Select(z => z.Id.Name);
        if (!ids.Contains(zone)) return Refuse(spot, $"there is no zone \"{zone}\"", Nearest.To(zone, ids));
        return what switch
        {
            "temperature" => Here(SupervisedValue.ZoneTemperature, zone, text),
            "setpoint" => Here(SupervisedValue.ZoneSetpoint, zone, text),
            "heat" => Here(SupervisedValue.ZoneHeat, zone, text),
            _ => Refuse(spot, $"a zone has no \"{what}\"", Nearest.To(what, ["temperature", "setpoint", "heat"])),
        };
    }

    private SupervisedPoint OfCircuit(Spot spot, string circuit, string what, string text)
    {
        if (!reading.Circuits.ContainsKey(circuit)) return Refuse(spot, $"there is no circuit \"{circuit}\"", Nearest.To(circuit, reading.Circuits.Keys));
        return what == "setpoint" ? Here(SupervisedValue.CircuitSetpoint, circuit, text) : Refuse(spot, $"a circuit has no \"{what}\"");
    }

    private SupervisedPoint Here(SupervisedValue what, string of, string text) =>
        new(ushort.TryParse(address, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : (ushort)0, what, of, new PointId(text));

    private SupervisedPoint Refuse(Spot spot)
    {
        spot.Unexpected(Expected);
        return Blank;
    }

    private SupervisedPoint Refuse(Spot spot, Saying why, string nearest = "")
    {
        spot.Wrong($"{spot.Node.Described}, and {why}", Expected, nearest);
        return Blank;
    }
}
