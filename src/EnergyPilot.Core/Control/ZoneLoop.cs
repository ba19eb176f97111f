using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>
/// PI control of a room with a time-proportional output: once per pulse cycle the loop decides which share of the next
/// cycle the valve is open, open phase first. All zones share the same cycle boundaries, so that a boiler starts once for all.
/// Far from the setpoint (1 K) it is simply on or off.
/// </summary>
internal static class ZoneLoop
{
    private const double Band = 1.0;          // K
    private const double NearlyNothing = 0.08, NearlyAll = 0.92;
    private const double ReentryLow = 0.15, ReentryHigh = 0.4, IntegralHigh = 0.9;

    // While warming up, full heat until this close to the setpoint.
    private static readonly Kelvin Arrival = new(0.25);

    /// <summary>The loop's state after this cycle; its heat is in <see cref="ZoneMemory.PulseDuty"/>.</summary>
    public static ZoneMemory Step(LoopSettings settings, DateTimeOffset at, ZoneMemory before, Celsius target, Celsius room, WarmUp warmUp)
    {
        var error = (target - room).Difference;
        var start = CycleStart(at, settings.Cycle);
        var far = error > Band || (warmUp == WarmUp.Climbing && error > Arrival.Difference);
        if (far) return Saturated(before, start, 1);
        if (error < -Band) return Saturated(before, start, 0);

        var fresh = start != before.PulseStart;
        var settled = !fresh && before.PulseDuty is > 0 and < 1;
        if (settled) return before;

        var wish = settings.Tuning.Gain * error + before.Integral;
        var integral = fresh && !WindsUp(wish, error)
            ? Math.Clamp(before.Integral + settings.Tuning.Gain * error * (settings.Cycle / settings.Tuning.IntegralTime), 0, IntegralHigh)
            : before.Integral;
        return before with { Integral = integral, PulseStart = start, PulseDuty = Rounded(Math.Clamp(wish, 0, 1)) };
    }

    /// <summary>The loop's state while a plan decides: its share of the running cycle, and an integral to go on from when the plan ends.</summary>
    public static ZoneMemory Planned(ZoneMemory before, DateTimeOffset at, LoopSettings settings, double duty) =>
        Saturated(before, CycleStart(at, settings.Cycle), Rounded(Math.Clamp(duty, 0, 1)));

    /// <summary>How far the valve is open at this instant of its cycle: 1 in the open phase, then 0.</summary>
    public static double OpenNow(LoopSettings settings, DateTimeOffset at, double duty) =>
        duty >= 1 || (duty > 0 && (at - CycleStart(at, settings.Cycle)) / settings.Cycle < duty) ? 1 : 0;

    // Cycles begin at whole multiples of their length since year 1, hence at the same instants in every zone and after every restart.
    private static DateTimeOffset CycleStart(DateTimeOffset at, TimeSpan cycle) =>
        new(at.UtcTicks - at.UtcTicks % cycle.Ticks, TimeSpan.Zero);

    private static ZoneMemory Saturated(ZoneMemory before, DateTimeOffset start, double duty) => before with
    {
        Integral = Math.Clamp(before.Integral, ReentryLow, ReentryHigh),
        PulseStart = start,
        PulseDuty = duty,
    };

    private static bool WindsUp(double wish, double error) => (wish >= 1 && error > 0) || (wish <= 0 && error < 0);

    private static double Rounded(double duty) => duty < NearlyNothing ? 0 : duty > NearlyAll ? 1 : duty;
}

/// <summary>How a zone's loop is set: its tuning, and the length of its time-proportional cycle.</summary>
internal readonly record struct LoopSettings(LoopTuning Tuning, TimeSpan Cycle);
