using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Io.Json;

namespace EnergyPilot.Gateway.Field;

/// <summary>What the messages of one topic mean for one device. One message after the other, not for several threads.</summary>
internal sealed class MessageRoute
{
    private readonly ImmutableArray<Point> points;
    private readonly JsonPath[] paths;
    private readonly JsonValue[] values;
    private readonly bool saysWhen;

    public MessageRoute(Device device, ImmutableArray<Point> points)
    {
        (Device, this.points) = (device, points);
        saysWhen = device.Type.LifeSigns.LastSeen.Length > 0;
        IEnumerable<string> texts = points.Select(p => ((MessageSelector)p.Type.Where).Path);
        paths = [.. (saysWhen ? texts.Append(device.Type.LifeSigns.LastSeen) : texts).Select(t => Path(device, t))];
        values = new JsonValue[paths.Length];
    }

    public Device Device { get; }

    public ImmutableArray<Point> Points => points;

    /// <summary>Takes a message apart; false when it is not what it should be.</summary>
    public bool TryRead(ReadOnlySpan<byte> payload)
    {
        JsonPath.Pick(paths, payload, values);
        foreach (var value in values)
            if (value.Kind == JsonKind.Malformed) return false;
        return true;
    }

    /// <summary>When the device was last heard, by its message; MinValue when that does not say so. Never later than now.</summary>
    public DateTimeOffset LastSeen(ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        if (!saysWhen || !MessageWords.TryTime(values[^1], payload, out var seen)) return DateTimeOffset.MinValue;
        return seen < now ? seen : now;
    }

    /// <summary>The values that the message holds; not a number for one that has no meaning. What it does not mention is left out.</summary>
    public List<(Point Point, double Value)> Values(ReadOnlySpan<byte> payload)
    {
        List<(Point, double)> found = new(points.Length);
        for (var i = 0; i < points.Length; i++)
            if (values[i].Kind != JsonKind.Nothing) found.Add((points[i], Value(points[i], values[i], payload)));
        return found;
    }

    private static double Value(Point point, in JsonValue value, ReadOnlySpan<byte> payload)
    {
        var where = (MessageSelector)point.Type.Where;
        if (point.Type.Quantity == Quantity.State)
        {
            var state = MessageWords.State(where, value, payload);
            return point.Wiring == Wiring.NormallyClosed ? 1 - state : state;
        }

        return value.TryNumber(payload, out var number) ? where.Scaling.ToCanonical(number) : double.NaN;
    }

    // The device file's own check knows only the beginning of a path; the rest is said where the bus is opened.
    private static JsonPath Path(Device device, string text) => JsonPath.TryParse(text, out var path, out var why)
        ? path
        : throw new Unusable(new(LineFault.ModelWrong, $"{text}: {why}", Fact.Of("model", device.Type.Id), Fact.Of("path", text)), null);
}
