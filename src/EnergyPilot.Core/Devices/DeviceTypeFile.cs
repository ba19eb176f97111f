using System.Collections.Immutable;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Devices;

/// <summary>Reads a file of hardware/devices: one device model, its points and its caveats.</summary>
public static class DeviceTypeFile
{
    /// <summary>The JSON Schema of these files, from the same description that reads them.</summary>
    public static string Schema => JsonSchema.Of(Shape(""), "EnergyPilot device model");

    /// <summary>A model, or what is wrong with its file.</summary>
    /// <param name="id">The model's name: the file's without folder and ending.</param>
    /// <param name="file">The file.</param>
    public static Parsed<DeviceType> Parse(string id, DocumentText file)
    {
        var findings = new Findings(file.Name);
        var shape = Shape(id);
        return YamlReader.Read(file.Text, findings) is { } root
            ? findings.With(shape.Read(new Spot(root, "", findings)))
            : findings.With(shape.Blank);
    }

    private static Shape<DeviceType> Shape(string id) => Shapes.Record(fields => Read(id, fields));

    private static DeviceType Read(string id, Fields fields)
    {
        var maker = fields.Need("maker", Shapes.Text, "Who makes it; \"any\" for a class of devices that all work alike");
        var model = fields.Need("model", Shapes.Text, "What the label says");
        var summary = fields.Need("summary", Shapes.Text, "One line for a person choosing from a list");
        var protocol = fields.Need("protocol", Shapes.Choice<Protocol>(), "The kind of bus it hangs on");
        var availability = fields.Take("availability", Shapes.Text, "", "MQTT: topic below the device's own, on which \"online\" or \"offline\" stands");
        var lastSeen = fields.Take("last-seen", Shapes.Text, "", "MQTT: path, in the device's messages, of the time at which it was last heard");
        var points = fields.Need("points", PointTypes(protocol), "What it measures or takes");
        var caveats = fields.Take("caveats", Shapes.List(Caveat), [], "What is known to go wrong with it");
        if (protocol == Protocol.Gpio && points.Length > 1)
            fields.At("points").Wrong($"{points.Length} points", $"one: a GPIO device is one line");
        foreach (var key in (ReadOnlySpan<string>)["availability", "last-seen"])
            if (protocol != Protocol.Mqtt && fields.Has(key)) fields.At(key).Wrong($"\"{key}\"", $"it only for MQTT devices");
        return new DeviceType(id, maker, model, summary, protocol, points, caveats) { LifeSigns = new LifeSigns(availability, lastSeen) };
    }

    private static Shape<ImmutableArray<PointType>> PointTypes(Protocol protocol) =>
        Shapes.Named($"points", (name, fields) => PointTypeFields.Read(name, protocol, fields));

    private static readonly Shape<Caveat> Caveat = Shapes.Record(fields => new Caveat(
        fields.Need("text", Shapes.Text, "What goes wrong"),
        fields.Need("source", Shapes.Text, "Where that is known from")));
}
