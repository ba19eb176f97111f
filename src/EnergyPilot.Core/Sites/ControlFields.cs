using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of the control's tuning.</summary>
internal static class ControlFields
{
    public static readonly Shape<ControlSettings> Shape = Shapes.Record(Read);

    private static ControlSettings Read(Fields fields)
    {
        var usual = new ControlSettings();
        var band = Shapes.Quantity(Quantity.TemperatureDifference, 0.5, 10);
        var settings = new ControlSettings
        {
            PulseCycle = Span("pulse-cycle", 5, 120, usual.PulseCycle, "Length of a time-proportional cycle", fields),
            ValveMinimum = Span("valve-minimum", 0, 30, usual.ValveMinimum, "Shortest time an on/off valve stays where it is", fields),
            Gain = 1 / fields.Take("proportional-band", band, 1 / usual.Gain, "Distance from the setpoint at which a zone asks for full heat; 2 K when missing"),
            IntegralTime = Span("integral-time", 10, 1440, usual.IntegralTime, "Integral time of the zone loop", fields),
            LowestSetpoint = fields.Take("lowest-setpoint", Shapes.Celsius(5, 16), usual.LowestSetpoint, "Nobody may set a zone colder; 5 °C when missing"),
            HighestSetpoint = fields.Take("highest-setpoint", Shapes.Celsius(16, 26), usual.HighestSetpoint, "Nobody may set a zone warmer; 22 °C when missing"),
            LongAbsence = Span("long-absence", 12 * 60, 7 * 24 * 60, usual.LongAbsence, "An absence of this length or more counts as long", fields),
            EarliestStart = fields.Take(EarliestStartKey, EarliestStart, null, "No warm-up begins before this time of the day of the use, whatever a room needs; a cold room then warms up while people are there. Frost protection does not care. As early as needed when missing"),
            WindowPause = Span("window-pause", 0, 240, usual.WindowPause, "Heating stops for an open window at most this long", fields),
            WindowAlarm = Span("window-alarm", 1, 1440, usual.WindowAlarm, "A window open longer than this outside use is an alarm", fields),
            AirSoonPpm = fields.Take("air-soon", Ppm, usual.AirSoonPpm, "Carbon dioxide above which a room should be aired at the next break; 800 ppm when missing (order of 27 December 2022)"),
            AirNowPpm = fields.Take("air-now", Ppm, usual.AirNowPpm, "Carbon dioxide above which a room must be aired at once; 1500 ppm when missing (order of 27 December 2022)"),
            SummerCutOff = fields.Take("summer-cut-off", Shapes.Celsius(5, 25), usual.SummerCutOff, "Above this 24-hour mean outdoors the heating rests; 15 °C when missing"),
            LongestOverride = Span("longest-override", 15, 7 * 24 * 60, usual.LongestOverride, "Longest override by hand", fields),
            Planner = fields.Take("planner", Shapes.Choice<PlannerWish>(), usual.Planner, "Whether the planner commands: where-it-gains (a heat pump, a varying price, a limited power; also when missing), on, or off"),
            PlannerGoal = fields.Take("planner-goal", Shapes.Choice<PlanGoal>(), usual.PlannerGoal, "What the planner makes small: energy, cost or co2; cost when missing"),
            PumpOverrun = Span("pump-overrun", 0, 60, usual.PumpOverrun, "How long a pump runs on after the last demand", fields),
            BoilerPatience = Span("boiler-patience", 1, 240, usual.BoilerPatience, "A released boiler that is still cold after this long is not starting", fields),
        };
        if (settings.AirNowPpm < settings.AirSoonPpm + LeastApart)
            fields.At(fields.Has("air-now") ? "air-now" : "air-soon").Wrong($"air-now too near to air-soon", $"air-now at least 300 ppm above air-soon");
        return settings;
    }

    internal const string EarliestStartKey = "earliest-start";

    /// <summary>A time of the day, for a site and for a zone of it.</summary>
    internal static readonly Shape<TimeSpan?> EarliestStart = Shapes.TextLike(
        $"a time of the day, for example \"06:00\"", "^([01][0-9]|2[0-3]):[0-5][0-9]$", text => TryTime(text, out _)).As(text => TryTime(text, out var time) ? time : (TimeSpan?)null);

    private static bool TryTime(string text, out TimeSpan time) => TimeSpan.TryParseExact(text, @"hh\:mm", CultureInfo.InvariantCulture, out time);

    // Nearer, and the two lights of a room would be told apart by the noise of its sensor.
    private const double LeastApart = 300;

    private static readonly Shape<double> Ppm = Shapes.Quantity(Quantity.Concentration, 500, 4000);

    private static TimeSpan Span(string key, int lowMinutes, int highMinutes, TimeSpan usual, string description, Fields fields) => fields.Take(
        key, Shapes.Duration(TimeSpan.FromMinutes(lowMinutes), TimeSpan.FromMinutes(highMinutes)), usual,
        $"{description}; {(usual.TotalHours >= 4 ? $"{usual.TotalHours} h" : $"{usual.TotalMinutes} min")} when missing");
}
