using EnergyPilot.Core.Points;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>
/// In warm weather the cool of the night is free: a room still hot at six in the evening is to be left with open windows where that is safe.
/// Until the morning it is not heated, as long as it is not cold.
/// </summary>
internal static class NightCooling
{
    private static readonly TimeSpan Evening = TimeSpan.FromHours(18), Late = TimeSpan.FromHours(22), Morning = TimeSpan.FromHours(6), Longest = TimeSpan.FromHours(13);
    private static readonly Celsius WarmOutdoors = new(15), Hot = new(25);
    private static readonly Kelvin Cooler = new(4);

    /// <summary>Until when the advice stands; MinValue when it does not.</summary>
    public static DateTimeOffset Until(Situation now, Reading room, DateTimeOffset before)
    {
        if (before > now.At && before - now.At <= Longest) return before;
        var local = now.Site.Local(now.At);
        if (local.TimeOfDay < Evening || local.TimeOfDay >= Late || !room.IsReliable) return DateTimeOffset.MinValue;
        var temperature = new Celsius(room.Value);
        var morning = now.Site.Instant(local.Date.AddDays(1) + Morning);
        return temperature > Hot && now.Weather.Filtered > WarmOutdoors && Coolest(now, morning) < temperature - Cooler ? morning : DateTimeOffset.MinValue;
    }

    public static bool Stands(Situation now, AirMemory air) => now.At < air.CoolUntil;

    public static Reason Why(Situation now, AirMemory air, Reading room) => Reason.Of(
        ReasonCode.CoolAtNight, Fact.Of("room", new Celsius(room.IsReliable ? room.Value : double.NaN)), Fact.Of("outdoor", Coolest(now, air.CoolUntil)), Fact.Of("until", air.CoolUntil));

    // The coolest hour that is forecast until the morning; where nobody forecasts, the weather of now.
    private static Celsius Coolest(Situation now, DateTimeOffset until)
    {
        var coolest = double.PositiveInfinity;
        for (var at = now.At; at <= until; at = at.AddHours(1))
            if (now.Outlook.At(at).Outdoor is var outdoor && outdoor < coolest) coolest = outdoor;
        return double.IsFinite(coolest) ? new Celsius(coolest) : now.Weather.Now;
    }
}
