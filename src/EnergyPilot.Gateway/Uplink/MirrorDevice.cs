using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// One device of the mirror as a JSON object, and what was last told of it. Values are plain numbers under the names that Sparkplug has for them, and units stand
/// beside in an object of their own: programs read <c>temperature</c> without taking text apart, people find "°C" in the same message.
/// </summary>
internal sealed class MirrorDevice
{
    /// <summary>Past this age a value is to be believed no more: three heartbeats.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(5);

    // It goes over MQTT and into no page: "°" and "é" may stay as they are.
    public static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Zone? zone;
    private readonly TimeProvider time;
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly double[] shown;
    private byte[] told = [];
    private int valuesAt;
    private long toldAt;

    /// <param name="topic">Under which its object stands.</param>
    /// <param name="time">Real time.</param>
    public MirrorDevice(Site site, UplinkDirectory directory, string id, MqttTopic topic, TimeProvider time)
    {
        (Id, Topic, this.time) = (id, topic, time);
        zone = directory.ZoneOf(id);
        Points = [.. directory.Points.Values.Where(p => p.Device == id).OrderBy(p => p.Alias)];
        shown = new double[Points.Length];
        Array.Fill(shown, double.NaN);
        (Name, Model) = zone is not null ? (zone.Name, "Zone")
            : site.Meters.FirstOrDefault(m => UplinkDirectory.DeviceOf(m) == id) is { } meter ? (meter.Name, $"Meter, {Lower(meter.Medium)}")
            : id == UplinkDirectory.Plant ? (site.Boiler.Name, "Plant")
            : (site.Name, "Other points");
        Medium = site.Meters.FirstOrDefault(m => UplinkDirectory.DeviceOf(m) == id)?.Medium;
    }

    /// <summary>Its name on the wire: "zone-cp".</summary>
    public string Id { get; }

    public MqttTopic Topic { get; }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>What kind of thing it is.</summary>
    public string Model { get; }

    /// <summary>What flows through it, when it is a meter.</summary>
    public Medium? Medium { get; }

    public ImmutableArray<UplinkPoint> Points { get; }

    public bool IsZone => zone is not null;

    /// <summary>Its object as it was last written.</summary>
    public ReadOnlyMemory<byte> Document => buffer.WrittenMemory;

    /// <summary>The unit as people write it; empty for none.</summary>
    public static string UnitOf(Quantity quantity) => quantity == Quantity.RelativeHumidity ? "%" : Unit.Canonical(quantity).Symbol;

    /// <summary>A word of this wire: "communication-failure".</summary>
    public static string Lower<T>(T word) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString());

    /// <summary>Writes the object of this cycle; true when it must be told: a value differs as it is rounded, or nothing was said for long.</summary>
    /// <param name="now">Timestamp of real time.</param>
    public bool IsNews(CycleRecord record, IReadOnlyDictionary<PointId, Reading> readings, long now)
    {
        buffer.ResetWrittenCount();
        Write(record, readings);
        return told.Length == 0 || time.GetElapsedTime(toldAt, now) >= Heartbeat || !Values.SequenceEqual(told);
    }

    /// <summary>The object of that moment was sent.</summary>
    public void Told(long at) => (told, toldAt) = (Values.ToArray(), at);

    /// <summary>The broker may know nothing of it any more.</summary>
    public void Forget() => told = [];

    private ReadOnlySpan<byte> Values => buffer.WrittenSpan[valuesAt..];

    private void Write(CycleRecord record, IReadOnlyDictionary<PointId, Reading> readings)
    {
        var at = record.Decision.At;
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartObject();
        json.WriteString("at", Text(at));
        json.WriteString("expires", Text(at + Validity));
        // What stands before is another in each cycle.
        json.Flush();
        valuesAt = buffer.WrittenCount;
        json.WriteString("name", Name);
        if (zone is not null) Write(json, record, zone.Id);
        for (var i = 0; i < Points.Length; i++) Write(json, Points[i], Of(Points[i], readings), ref shown[i]);
        WriteUnits(json);
        WriteUnreliable(json, readings);
        json.WriteEndObject();
    }

    // The reason's word and not its sentence: sentences have numbers in them that move, and a broker has no language.
    private static void Write(Utf8JsonWriter json, CycleRecord record, ZoneId zone)
    {
        if (record.Decision.Targets.FirstOrDefault(t => t.Zone == zone) is not { } target) return;
        json.WriteString("mode", Lower(target.Mode));
        json.WriteString("reason", Lower(target.Reason.Code));
    }

    private static void Write(Utf8JsonWriter json, UplinkPoint point, Reading reading, ref double shown)
    {
        shown = IsKnown(reading) ? Rounding.Of(point.Quantity, reading.Value, shown) : double.NaN;
        if (double.IsNaN(shown)) json.WriteNull(point.Metric);
        else if (point.Quantity == Quantity.State) json.WriteBoolean(point.Metric, shown > 0);
        else json.WriteNumber(point.Metric, shown);
    }

    private void WriteUnits(Utf8JsonWriter json)
    {
        json.WriteStartObject("units");
        foreach (var point in Points)
            if (UnitOf(point.Quantity) is { Length: > 0 } unit) json.WriteString(point.Metric, unit);
        json.WriteEndObject();
    }

    private void WriteUnreliable(Utf8JsonWriter json, IReadOnlyDictionary<PointId, Reading> readings)
    {
        var isOpen = false;
        foreach (var point in Points)
        {
            var reading = Of(point, readings);
            if (IsKnown(reading)) continue;
            if (!isOpen) json.WriteStartObject("unreliable");
            isOpen = true;
            json.WriteString(point.Metric, Lower(reading.Reliability == Reliability.NoFaultDetected ? Reliability.UnreliableOther : reading.Reliability));
        }

        if (isOpen) json.WriteEndObject();
    }

    private static Reading Of(UplinkPoint point, IReadOnlyDictionary<PointId, Reading> readings) =>
        readings.TryGetValue(point.Point, out var reading) ? reading : Reading.Unreliable(Reliability.NoSensor, DateTimeOffset.UnixEpoch);

    private static bool IsKnown(Reading reading) => reading.IsReliable && double.IsFinite(reading.Value);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
