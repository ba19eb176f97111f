using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>What a zone's forecast and its learned model tell a person before anybody is cold.</summary>
internal static class ModelWatch
{
    private static readonly Kelvin Late = new(0.5);

    // Twice the strongest sun on a window: nothing ordinary heats or cools a room by so much for a day on end.
    private const double Strange = 1.2;     // K/h

    /// <summary>The first weeks of autumn teach what a summer could not: this long an old model is nobody's fault.</summary>
    public static readonly TimeSpan Autumn = TimeSpan.FromDays(7);

    /// <summary>The zone will not be warm when people come: radiators too weak, or the absence too long.</summary>
    public static Reason? CannotBeWarmInTime(Situation now, ZoneStep step)
    {
        var forecast = step.Loop.Arrival.Newest;
        if (!forecast.IsKnown || !double.IsFinite(forecast.Room) || forecast.Use <= now.At || now.Weather.Rest == SummerState.Resting) return null;
        var target = now.Site.PeriodOf(step.Zone, now.At).ComfortOf(step.Zone);
        var room = new Celsius(forecast.Room);
        return target - room > Late
            ? Reason.Of(ReasonCode.CannotBeWarmInTime, Fact.Of("until", forecast.Use), Fact.Of("room", room), Fact.Of("target", target))
            : null;
    }

    /// <summary>No new model was accepted for long although it is the season to learn.</summary>
    public static Reason? NotUpdated(Situation now, ZoneStep step) =>
        Learned(now, step) is { } learned && now.Weather.Rest == SummerState.Heating && learned.IsOutdated(now.At)
            ? Reason.Of(ReasonCode.ModelNotUpdated, Fact.Of("since", learned.Updated))
            : null;

    /// <summary>For a day the zone has not done what its own model says of it.</summary>
    public static Reason? UnlikeItsModel(Situation now, ZoneStep step) =>
        Learned(now, step) is { HasLearned: true } && Math.Abs(step.Loop.Estimate.Unexplained) > Strange
            ? step.Demand.Room.IsReliable
                ? Reason.Of(ReasonCode.RoomUnlikeItsModel, Fact.Of("room", new Celsius(step.Demand.Room.Value)))
                : Reason.Of(ReasonCode.RoomUnlikeItsModel)
            : null;

    /// <summary>The zone warms up with another's radiators, and that one with its own.</summary>
    public static Reason? Swapped(Situation now, ZoneStep step)
    {
        if (now.Snapshot.Knowledge.Swapped.IsDefaultOrEmpty) return null;
        foreach (var pair in now.Snapshot.Knowledge.Swapped)
            if (pair.First == step.Zone.Id || pair.Second == step.Zone.Id)
                return Reason.Of(ReasonCode.SensorsSwapped, Fact.Of("point", NameOf(now, pair.First == step.Zone.Id ? pair.Second : pair.First)));
        return null;
    }

    private static string NameOf(Situation now, Sites.ZoneId zone) => now.Site.Zones.FirstOrDefault(z => z.Id == zone)?.Name ?? zone.Name;

    private static Learned? Learned(Situation now, ZoneStep step) =>
        now.Snapshot.Knowledge.Zones.TryGetValue(step.Zone.Id, out var learned) ? learned : null;
}
