using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Io.Delivery;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>What this gateway says of itself and of everything that it will ever report, with the values of the newest cycle.</summary>
/// <param name="Log">The name of the log.</param>
/// <param name="Acknowledged">Up to where the city has it, as far as the gateway knows.</param>
internal sealed record UplinkBirths(Site Site, UplinkDirectory Directory, string Log, long Acknowledged)
{
    public SparkplugBirth Of(CycleRecord? record, DateTimeOffset now)
    {
        var known = record is null ? [] : CyclePoints.Of(record).DistinctBy(o => o.Point).ToDictionary(o => o.Point, o => o.Reading);
        var metrics = Directory.Points.Values.OrderBy(p => p.Alias).ToLookup(p => p.Device, p => Metric(p, known.GetValueOrDefault(p.Point, Reading.Unreliable(Reliability.NoSensor, now))));
        return new SparkplugBirth(Node(record, now), [.. Directory.Devices.Select(d => new SparkplugDevice(d, [.. metrics[d], .. Own(d, record, now)]))]);
    }

    /// <summary>A value of a point on this wire, and how good it is.</summary>
    public static (SparkplugScalar Value, SparkplugQuality? Quality) Value(UplinkPoint point, double value, Reliability reliability) => reliability switch
    {
        Reliability.NoFaultDetected when double.IsFinite(value) => (point.Quantity == Quantity.State ? SparkplugScalar.Of(value >= 0.5) : SparkplugScalar.Of(value), null),
        Reliability.CommunicationFailure => (SparkplugScalar.None, SparkplugQuality.Stale),
        _ => (SparkplugScalar.None, SparkplugQuality.Bad),
    };

    /// <summary>Sparkplug counts milliseconds from 1970.</summary>
    public static DateTimeOffset Instant(DateTimeOffset at) => at < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : at;

    /// <summary>The mode that a zone is in now, as a word of this wire; null before the first cycle.</summary>
    public static SparkplugScalar Mode(CycleRecord? record, ZoneId zone) =>
        record?.Decision.Targets.FirstOrDefault(t => t.Zone == zone) is { } target ? SparkplugScalar.Of(target.Mode.ToString().ToLowerInvariant()) : SparkplugScalar.None;

    private static SparkplugBirthMetric Metric(UplinkPoint point, Reading reading)
    {
        var (value, quality) = Value(point, reading.Value, reading.Reliability);
        var type = point.Quantity == Quantity.State ? SparkplugType.Boolean : SparkplugType.Double;
        return new SparkplugBirthMetric(point.Metric, point.Alias, type, value, Instant(reading.At)) { Properties = [.. Properties(point, quality)] };
    }

    // Unit and range under the names that hosts know from Ignition.
    private static IEnumerable<(string, SparkplugScalar)> Properties(UplinkPoint point, SparkplugQuality? quality)
    {
        if (quality is { } poor) yield return ("Quality", SparkplugScalar.Of((int)poor));
        if (Unit.Canonical(point.Quantity).Symbol is { Length: > 0 } unit) yield return ("engUnit", SparkplugScalar.Of(unit));
        if (double.IsFinite(point.Range.Low) && double.IsFinite(point.Range.High))
        {
            yield return ("engLow", SparkplugScalar.Of(point.Range.Low));
            yield return ("engHigh", SparkplugScalar.Of(point.Range.High));
        }

        yield return ("point", SparkplugScalar.Of(point.Point.Name));
        yield return ("quantity", SparkplugScalar.Of(point.Quantity.ToString()));
        yield return ("cumulative", SparkplugScalar.Of(point.Cumulative == Accumulation.Cumulative));
        yield return ("brick", SparkplugScalar.Of(point.Kind.Brick));
        yield return ("haystack", SparkplugScalar.Of(point.Kind.Haystack));
    }

    private ImmutableArray<SparkplugBirthMetric> Node(CycleRecord? record, DateTimeOffset now) =>
    [
        new(DeliveryMetrics.Log, UplinkNames.LogAlias, SparkplugType.String, SparkplugScalar.Of(Log), now),
        new(DeliveryMetrics.StoredThrough, UplinkNames.StoredThroughAlias, SparkplugType.Int64, SparkplugScalar.Of(Acknowledged), now),
        Unsaid(DeliveryMetrics.SentAfter, UplinkNames.SentAfterAlias, SparkplugType.Int64, now),
        Unsaid(DeliveryMetrics.SentThrough, UplinkNames.SentThroughAlias, SparkplugType.Int64, now),
        Unsaid(DeliveryMetrics.SentCount, UplinkNames.SentCountAlias, SparkplugType.Int64, now),
        new(UplinkNames.Alarms, UplinkNames.AlarmsAlias, SparkplugType.Int64, record is null ? SparkplugScalar.None : SparkplugScalar.Of((long)record.Decision.Alarms.Length), now),
        Text("Properties/Software", "EnergyPilot", now), Text("Properties/Version", SectionHeader.ThisProgram, now),
        Text("Properties/Site", Site.Id, now), Text("Properties/Name", Site.Name, now), Text("Properties/City", Site.Location.City, now), Text("Properties/Time Zone", Site.TimeZone.Id, now),
        Number("Properties/Latitude", Site.Location.LatitudeDegrees, "°", now), Number("Properties/Longitude", Site.Location.LongitudeDegrees, "°", now),
        Number("Properties/Floor Area", Site.Zones.Sum(z => z.FloorArea.Value), "m²", now),
    ];

    private IEnumerable<SparkplugBirthMetric> Own(string device, CycleRecord? record, DateTimeOffset now)
    {
        yield return Unsaid(DeliveryMetrics.Sequences, Directory.Sequences[device], SparkplugType.Bytes, now);
        if (Directory.ZoneOf(device) is { } zone)
        {
            var aliases = Directory.Wishes[zone.Id];
            yield return new(UplinkNames.Mode, aliases.Mode, SparkplugType.String, Mode(record, zone.Id), now);
            yield return Unsaid(UplinkNames.Until, aliases.Until, SparkplugType.DateTime, now);
            yield return Unsaid(UplinkNames.By, aliases.By, SparkplugType.String, now);
            yield return Unsaid(UplinkNames.Note, aliases.Note, SparkplugType.String, now);
            yield return Unsaid(UplinkNames.Answer, aliases.Answer, SparkplugType.String, now);
            yield return Text("Properties/Name", zone.Name, now);
            yield return Text("Properties/Use", zone.Use.ToString(), now);
            yield return Number("Properties/Floor Area", zone.FloorArea.Value, "m²", now);
        }
        else if (Site.Meters.FirstOrDefault(m => UplinkDirectory.DeviceOf(m) == device) is { } meter)
        {
            yield return Text("Properties/Name", meter.Name, now);
            yield return Text("Properties/Medium", meter.Medium.ToString(), now);
            yield return Number("Properties/Energy per Unit", meter.KwhPerUnit, "kWh", now);
            yield return Number("Properties/Price", meter.EuroPerKwh, "€/kWh", now);
            yield return Number("Properties/Emissions", meter.GramsCo2PerKwh, "g/kWh", now);
        }
    }

    private static SparkplugBirthMetric Unsaid(string name, ulong alias, SparkplugType type, DateTimeOffset at) => new(name, alias, type, SparkplugScalar.None, at);

    private static SparkplugBirthMetric Text(string name, string text, DateTimeOffset at) => new(name, 0, SparkplugType.String, SparkplugScalar.Of(text), at);

    private static SparkplugBirthMetric Number(string name, double number, string unit, DateTimeOffset at) =>
        new(name, 0, SparkplugType.Double, double.IsFinite(number) ? SparkplugScalar.Of(number) : SparkplugScalar.None, at) { Properties = [("engUnit", SparkplugScalar.Of(unit))] };
}
