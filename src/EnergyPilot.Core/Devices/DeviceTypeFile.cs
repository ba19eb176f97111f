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
        var points = fields.Need("points", PointTypes(protocol), "What it measures or takes");
        var caveats = fields.Take("caveats", Shapes.List(Caveat), [], "What is known to go wrong with it");
        if (protocol == Protocol.Gpio && points.Length > 1)
            fields.At("points").Wrong($"{points.Length} points", "one: a GPIO device is one line");
        return new DeviceType(id, maker, model, summary, protocol, points, caveats);
    }

    private static Shape<ImmutableArray<PointType>> PointTypes(Protocol protocol) =>
        Shapes.Named("points", (name, fields) => PointTypeFields.Read(name, protocol, fields));

    private static readonly Shape<Caveat> Caveat = Shapes.Record(fields => new Caveat(
        fields.Need("text", Shapes.Text, "What goes wrong"),
        fields.Need("source", Shapes.Text, "Where that is known from")));
}
