using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Devices;

/// <summary>The keys of one point of a device model.</summary>
internal static class PointTypeFields
{
    public static PointType Read(string name, Protocol protocol, Fields fields)
    {
        var quantity = fields.Need("measures", Shapes.Choice<Quantity>(), "What the value is a measure of; \"state\" for on or off");
        var access = fields.Take("access", Shapes.Choice<Access>(), Access.Read, "Whether it is read, written or both; \"read\" when missing");
        var range = fields.Take("range", new RangeShape(quantity), DefaultRange(quantity), "Plausible values; outside, a reading is not believed and a write is refused");
        var poll = fields.Take("poll", Shapes.Choice<PollClass>(), PollClass.Normal, "fast: every cycle, normal: every 30 s, slow: every 5 min, once: at start; \"normal\" when missing");
        var accumulation = fields.Take("accumulation", Shapes.Choice<Accumulation>(), Accumulation.Instantaneous, "\"cumulative\" for an index that only grows");
        var safe = fields.Take("safe", new ValueShape(quantity), double.NaN, "For outputs: the value that keeps the heating on when the control is silent");
        var holdOff = fields.Take("hold-off", Pause, TimeSpan.Zero, "For outputs on a battery: written on change only, and not again before this time");
        var staleAfter = fields.Take("stale-after", Pause, TimeSpan.Zero, "The age at which its last value counts as lost, for devices that speak up when they like; follows from how often it is polled when missing");
        var stuckAfter = fields.Take("stuck-after", Pause, TimeSpan.Zero, "A value that has not moved at all for so long is that of a dead sensor");
        var alarmBelow = fields.Take("alarm-below", new ValueShape(quantity), double.NaN, "A value below this calls a person, for example an empty battery");
        var where = SelectorFields.Read(protocol, quantity, access, fields);

        CheckOutput(fields, access, range, safe);
        if (quantity != Quantity.State && !fields.Has("range") && !fields.IsBlank)
            fields.Here.Wrong($"no \"range\"", $"range: {new RangeShape(quantity).Expected}");
        return new PointType(name, quantity, access, range, poll, accumulation, safe, where)
        {
            HoldOff = holdOff, StaleAfter = staleAfter, StuckAfter = stuckAfter, AlarmBelow = alarmBelow,
        };
    }

    private static readonly Shape<TimeSpan> Pause = Shapes.Duration(TimeSpan.FromSeconds(10), TimeSpan.FromDays(30));

    private static ValueRange DefaultRange(Quantity quantity) => quantity == Quantity.State ? new(0, 1) : new(double.NaN, double.NaN);

    private static void CheckOutput(Fields fields, Access access, ValueRange range, double safe)
    {
        if (access == Access.Read)
            foreach (var key in (ReadOnlySpan<string>)["safe", "hold-off"])
                if (fields.Has(key)) fields.At(key).Wrong(key == "safe" ? (Saying)$"\"{key}\", a safe value for a point that is only read" : $"\"{key}\", a hold-off for a point that is only read", $"access: write or read-write, or no {key}");
        if (access != Access.Read && !fields.Has("safe"))
            fields.Here.Wrong($"no \"safe\"", $"safe: the value of this output that keeps the heating on when the control is silent");
        if (safe < range.Low || safe > range.High)
            fields.At("safe").Unexpected($"a safe value within the range of the point");
    }
}
