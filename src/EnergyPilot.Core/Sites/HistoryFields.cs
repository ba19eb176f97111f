using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of what is kept of the measurements, for the site and for single points.</summary>
internal static class HistoryFields
{
    // What two days take before they are packed (216 samples of a point and day, some 100 bytes each with their index), and what is kept besides them.
    private const long BytesOfPoint = 50_000, BytesBesides = 60_000_000;

    public static readonly Shape<History> Shape = Shapes.Record(Read);

    /// <summary>How often a steady value is kept.</summary>
    public static readonly Shape<TimeSpan> Heartbeats = Shapes.Duration(TimeSpan.FromSeconds(10), Keeping.LongestHeartbeat);

    /// <summary>A deadband of a point of this quantity, in its canonical unit; any quantity's when none is known.</summary>
    public static Shape<double> DeadbandOf(PointType? point) => new DeadbandShape(point);

    /// <summary>What cannot hold what the site's points need is wrong.</summary>
    public static void CheckSize(History history, IEnumerable<Device> devices, Fields fields)
    {
        if (fields.IsBlank || !fields.Has("history") || history.LargestBytes <= 0 || fields.At("history").Node is not MapNode map || map.Entries.FirstOrDefault(e => e.Key == "size") is not { } size) return;
        var points = devices.Sum(d => d.Points.Length);
        var least = BytesBesides + points * BytesOfPoint;
        if (history.LargestBytes < least)
            fields.At("history").Into("size", size.Value).Unexpected(
                $"at least {Math.Ceiling(least / 1e6):0} MB: what days that are not over yet take for {points} points, beside settings and decisions");
    }

    private static History Read(Fields fields)
    {
        var usual = History.Usual;
        var history = new History
        {
            Detail = fields.Take("detail", Shapes.Duration(TimeSpan.FromDays(7), TimeSpan.FromDays(3660)), usual.Detail, "How long single readings are kept; 60 d when missing"),
            Quarters = fields.Take("quarters", Shapes.Duration(TimeSpan.FromDays(30), TimeSpan.FromDays(36_600)), usual.Quarters, "How long quarters of an hour are kept; afterwards hours and days stay for good; 5 y when missing"),
            LargestBytes = fields.Take("size", new SizeShape(), usual.LargestBytes, "The most that the database may hold, beyond it the oldest detail goes first; 1 GB when missing"),
            Heartbeat = fields.Take("heartbeat", Heartbeats, usual.Heartbeat, "How often a steady value, or a meter's index, is kept; 15 min when missing"),
            Deadbands = fields.Take("deadbands", Shapes.Record(ReadDeadbands), usual.Deadbands, "How far a value must move to be kept before its heartbeat, for all points of a quantity"),
        };
        if (history.Detail > TimeSpan.Zero && history.Quarters > TimeSpan.Zero && history.Quarters < history.Detail)
            fields.At(fields.Has("quarters") ? "quarters" : "detail").Wrong($"quarters kept for a shorter time than the detail that they are made of", $"quarters at least as long as detail");
        return history;
    }

    private static ImmutableDictionary<Quantity, Deadband> ReadDeadbands(Fields fields)
    {
        var deadbands = ImmutableDictionary<Quantity, Deadband>.Empty;
        foreach (var quantity in (ReadOnlySpan<Quantity>)
            [Quantity.Temperature, Quantity.RelativeHumidity, Quantity.Concentration, Quantity.Ratio, Quantity.Power, Quantity.ApparentPower, Quantity.VolumeFlow,
                Quantity.Voltage, Quantity.Current, Quantity.Frequency, Quantity.Pressure, Quantity.Illuminance, Quantity.Number])
        {
            var width = fields.Take(Words<Quantity>.Of(quantity), Width(quantity), double.NaN, $"For every {Words<Quantity>.Of(quantity).Replace('-', ' ')}; {Usually(quantity)} when missing");
            if (width >= 0) deadbands = deadbands.SetItem(quantity, new(width, 0));
        }

        return deadbands;
    }

    // A temperature moves by a difference of temperatures.
    private static Shape<double> Width(Quantity quantity) =>
        Shapes.Quantity(quantity == Quantity.Temperature ? Quantity.TemperatureDifference : quantity, 0, 1e9);

    private static string Usually(Quantity quantity)
    {
        var (absolute, relative) = Deadband.Of(quantity);
        var unit = Unit.Canonical(quantity == Quantity.Temperature ? Quantity.TemperatureDifference : quantity).Symbol;
        string[] parts = [.. absolute > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{absolute} {unit}").TrimEnd()] : Array.Empty<string>(), .. relative > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{relative * 100} % of it")] : Array.Empty<string>()];
        return string.Join(" or ", parts) + (parts.Length > 1 ? ", whichever is more," : "");
    }

    private sealed class DeadbandShape(PointType? point) : Shape<double>
    {
        public override Saying Expected => point is null ? $"a number with its unit" : Width(point.Quantity).Expected;
        public override double Blank => double.NaN;

        public override double Read(Spot spot)
        {
            // A point that does not exist has been reported.
            if (point is null) return Blank;
            if (point.Quantity is not Quantity.State && point.Cumulative == Accumulation.Instantaneous) return Width(point.Quantity).Read(spot);
            spot.Wrong($"a deadband", point.Quantity is Quantity.State ? (Saying)$"none: on and off are always kept" : $"none: an index is kept by its heartbeat");
            return Blank;
        }

        public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = $"^{QuantityShape.NumberPattern}( ?[^0-9 ].*)?$" };
    }

    /// <summary>A size, as "1 GB" (10⁹ bytes); negative when it could not be read.</summary>
    private sealed class SizeShape : Shape<long>
    {
        private static readonly (string Unit, double Bytes)[] Units = [("MB", 1e6), ("GB", 1e9)];

        public override Saying Expected => $"a size from 1 MB to 10000 GB, for example \"1 GB\"";
        public override long Blank => -1;

        public override long Read(Spot spot)
        {
            if (spot.Node is TextNode { Text: var text } && QuantityShape.TrySplit(text, out var number, out var unit))
                foreach (var (symbol, bytes) in Units)
                    if (unit == symbol && number * bytes is >= 1e6 and <= 1e13) return (long)(number * bytes);
            spot.Unexpected(Expected);
            return Blank;
        }

        public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = $"^{QuantityShape.NumberPattern} ?(MB|GB)$" };
    }
}
