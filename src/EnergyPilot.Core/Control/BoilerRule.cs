using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>Lets the boiler run when zones really ask for heat, no hotter than they need, and never in short bursts.</summary>
internal static class BoilerRule
{
    // Mixed circuits need boiler water a little warmer than their supply.
    private static readonly Kelvin MixingMargin = new(3);
    private static readonly Celsius Resting = new(25);

    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMinutes(10);

    // One small room that is nearly warm is not worth a burner start.
    private const double WorthStarting = 0.1, OneZoneAsking = 0.3;

    public static ImmutableArray<Command> Of(Situation now, ImmutableArray<CircuitStep> circuits)
    {
        var boiler = now.Site.Boiler;
        circuits = [.. circuits.Where(c => c.Circuit.Emitter != Emitter.Electric)];
        var calling = circuits.SelectMany(c => c.Calling).ToArray();
        var frost = calling.Any(z => z.Demand.Reason.Code == ReasonCode.FrostInZone);
        var wanted = frost || IsWorthStarting(now, boiler, calling);
        var setpoint = !wanted ? Resting : frost ? Setpoint(circuits) : Celsius.Max(Setpoint(circuits) - SourceLimits.Cut(now), Resting);
        var reason = wanted
            ? Reason.Of(frost ? ReasonCode.BoilerAgainstFrost : ReasonCode.HeatAskedFor, Fact.Count("zones", calling.Length), Fact.Of("supply", setpoint))
            : Reason.Of(ReasonCode.NoHeatAskedFor);
        var priority = frost ? Priority.LifeSafety : Priority.Schedule;

        var commands = ImmutableArray.CreateBuilder<Command>();
        foreach (var release in boiler.Release) commands.Add(new Command(release, wanted ? 1 : 0, priority, reason));
        foreach (var point in boiler.Setpoint) commands.Add(new Command(point, Math.Round(setpoint.Degrees, 1), priority, reason));
        if (Hold(now, boiler) is { } hold)
            foreach (var release in boiler.Release) commands.Add(hold with { Point = release });
        return commands.ToImmutable();
    }

    // A boiler that already runs goes on for the smallest demand; only a start needs a reason that is worth it.
    private static bool IsWorthStarting(Situation now, Boiler boiler, ZoneStep[] calling)
    {
        if (calling.Length == 0) return false;
        if (now.Memory.Boiler.Released > 0) return true;
        return calling.Any(z => z.Demand.Heat.Value > OneZoneAsking || Demands.MayFreezeUnseen(now, z))
            || calling.Sum(z => z.Demand.Heat.Value * z.Zone.Fabric.RadiatorPower.Value) >= WorthStarting * boiler.MinimumPower.Value;
    }

    private static Celsius Setpoint(ImmutableArray<CircuitStep> circuits) =>
        circuits.Where(c => !c.Calling.IsEmpty)
            .Select(c => c.Circuit.MixingValve.IsEmpty ? c.Supply.Setpoint : c.Supply.Setpoint + MixingMargin).DefaultIfEmpty(Resting).Max();

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static Command? Hold(Situation now, Boiler boiler)
    {
        var (released, since) = (now.Memory.Boiler.Released, now.Memory.Boiler.Since);
        // A heat exchanger does not mind; a burner or a compressor is not started more than six times an hour, whatever its minimum times are.
        if (boiler.Kind == HeatSourceKind.DistrictHeating) return null;
        var limit = released > 0 ? boiler.MinimumOn : Longer(boiler.MinimumOff, BetweenStarts - boiler.MinimumOn);
        if (now.Since(since) >= limit) return null;
        var code = released > 0 ? ReasonCode.BoilerMinimumOn : ReasonCode.BoilerMinimumOff;
        return new Command(default, released, Priority.MinimumOnOff, Reason.Of(code, Fact.Of("since", since), Fact.Of("until", since + limit)));
    }
}
