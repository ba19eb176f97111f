using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// Tells Home Assistant where the mirror's values are: one message per value, kept by the broker, under the topics that it looks at. All of them only read.
/// Source: Home Assistant's documentation of MQTT discovery, of the MQTT sensor and of the MQTT binary sensor.
/// </summary>
/// <param name="status">Where the mirror says "online" and "offline", which are Home Assistant's words for it.</param>
internal sealed class HomeAssistant(Core.Sites.Uplink uplink, MqttTopic status)
{
    private readonly string node = $"energypilot_{Word(uplink.Group)}_{Word(uplink.Node)}";

    /// <summary>The entities of a device.</summary>
    public IEnumerable<MqttMessage> Entities(MirrorDevice device)
    {
        if (device.IsZone) yield return Entity(device, UplinkNames.Mode, "sensor", WriteMode);
        foreach (var point in device.Points)
            yield return point.Quantity == Quantity.State
                ? Entity(device, point.Metric, "binary_sensor", json => WriteState(json, point))
                : Entity(device, point.Metric, "sensor", json => WriteMeasured(json, point, device.Medium));
    }

    private MqttMessage Entity(MirrorDevice device, string metric, string component, Action<Utf8JsonWriter> write)
    {
        var own = $"{Word(device.Id)}_{Word(metric)}";
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, MirrorDevice.Plain);
        json.WriteStartObject();
        json.WriteString("name", metric.Replace('/', ' ').Replace('-', ' '));
        json.WriteString("unique_id", $"{node}_{own}");
        json.WriteString("state_topic", device.Topic.ToString());
        json.WriteString("value_template", $"{{{{ value_json['{metric}'] }}}}");
        json.WriteString("availability_topic", status.ToString());
        json.WriteNumber("expire_after", (int)MirrorDevice.Validity.TotalSeconds);
        write(json);
        WriteDevice(json, device);
        json.WriteEndObject();
        json.Flush();
        return new MqttMessage(MqttTopic.Parse($"{uplink.Discovery}/{component}/{Word(uplink.Node)}/{own}/config"), buffer.WrittenMemory, MqttQos.AtLeastOnce) { Retain = true };
    }

    private void WriteDevice(Utf8JsonWriter json, MirrorDevice device)
    {
        json.WriteStartObject("device");
        json.WriteStartArray("identifiers");
        json.WriteStringValue($"{node}_{Word(device.Id)}");
        json.WriteEndArray();
        json.WriteString("name", device.Name);
        json.WriteString("manufacturer", "EnergyPilot");
        json.WriteString("model", device.Model);
        json.WriteEndObject();
    }

    private static void WriteMode(Utf8JsonWriter json)
    {
        json.WriteString("device_class", "enum");
        json.WriteStartArray("options");
        foreach (var mode in Enum.GetValues<Mode>()) json.WriteStringValue(MirrorDevice.Lower(mode));
        json.WriteEndArray();
    }

    // Its templates write JSON's true as "True"; null is "None", which means unknown.
    private static void WriteState(Utf8JsonWriter json, UplinkPoint point)
    {
        json.WriteString("payload_on", "True");
        json.WriteString("payload_off", "False");
        if (StateClassOf(point.Kind) is { } known) json.WriteString("device_class", known);
    }

    private static void WriteMeasured(Utf8JsonWriter json, UplinkPoint point, Medium? medium)
    {
        if (MirrorDevice.UnitOf(point.Quantity) is { Length: > 0 } unit) json.WriteString("unit_of_measurement", unit);
        if (ClassOf(point, medium) is { } known) json.WriteString("device_class", known);
        json.WriteString("state_class", point.Cumulative == Accumulation.Cumulative ? "total_increasing" : "measurement");
    }

    private static string? StateClassOf(PointKind kind) =>
        kind == PointKind.Presence ? "occupancy"
        : kind == PointKind.Window ? "window"
        : kind == PointKind.Fault ? "problem"
        : kind == PointKind.Running || kind == PointKind.Pump ? "running"
        : null;

    // A class allows certain units and certain classes of state: energy and volumes only what counts.
    private static string? ClassOf(UplinkPoint point, Medium? medium) => (point.Quantity, point.Cumulative) switch
    {
        (Quantity.Energy, Accumulation.Cumulative) => "energy",
        (Quantity.Volume, Accumulation.Cumulative) => medium switch { Medium.Gas => "gas", Medium.Water => "water", _ => "volume" },
        (_, Accumulation.Cumulative) => null,
        (Quantity.Temperature, _) => "temperature",
        (Quantity.RelativeHumidity, _) => "humidity",
        (Quantity.Concentration, _) => "carbon_dioxide",
        (Quantity.Power, _) => "power",
        (Quantity.ApparentPower, _) => "apparent_power",
        (Quantity.VolumeFlow, _) => "volume_flow_rate",
        (Quantity.Duration, _) => "duration",
        (Quantity.Voltage, _) => "voltage",
        (Quantity.Current, _) => "current",
        (Quantity.Frequency, _) => "frequency",
        (Quantity.Pressure, _) => "pressure",
        (Quantity.Illuminance, _) => "illuminance",
        _ => null,
    };

    // Letters, digits, "_" and "-" are all that it takes; what else a name has becomes its number, so that two names stay two.
    private static string Word(string name)
    {
        var word = new StringBuilder(name.Length);
        foreach (var c in name)
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_') word.Append(c);
            else if (c == '/') word.Append('_');
            else word.Append(CultureInfo.InvariantCulture, $"_{(int)c:x}");
        return word.ToString();
    }
}
