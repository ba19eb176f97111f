using System.Runtime.InteropServices;
using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>
/// Picks one wish per output: the lowest priority number wins. Equal priorities do not depend on who spoke first:
/// the wish for more wins (warm-safe). A value that is not a number or lies outside the point's range never leaves here.
/// </summary>
public static class Arbitration
{
    public static ImmutableArray<Command> Resolve(Site site, ImmutableArray<Command> commands)
    {
        var winners = new Dictionary<PointId, Command>(commands.Length);
        foreach (var command in commands)
        {
            if (!double.IsFinite(command.Value) || !site.Points.TryGetValue(command.Point, out var point)) continue;
            var clamped = Clamped(command, point);
            if (!winners.TryGetValue(command.Point, out var holder) || Beats(clamped, holder))
                winners[command.Point] = clamped;
        }

        var outputs = winners.Values.ToArray();
        Array.Sort(outputs, (a, b) => a.Point.CompareTo(b.Point));
        return ImmutableCollectionsMarshal.AsImmutableArray(outputs);
    }

    private static Command Clamped(Command command, Point point)
    {
        var value = Math.Clamp(command.Value, point.Type.Range.Low, point.Type.Range.High);
        return value.Equals(command.Value) ? command : command with { Value = value };
    }

    private static bool Beats(Command challenger, Command holder)
    {
        if (challenger.Priority != holder.Priority) return challenger.Priority < holder.Priority;
        if (!challenger.Value.Equals(holder.Value)) return challenger.Value > holder.Value;
        return Compare(challenger.Reason, holder.Reason) < 0;
    }

    // Says nothing about which reason is better, only that it is always the same one.
    private static int Compare(Reason a, Reason b)
    {
        var order = a.Code.CompareTo(b.Code);
        for (var i = 0; order == 0 && i < Math.Min(a.Facts.Length, b.Facts.Length); i++) order = Compare(a.Facts[i], b.Facts[i]);
        return order != 0 ? order : a.Facts.Length.CompareTo(b.Facts.Length);
    }

    private static int Compare(Fact a, Fact b)
    {
        var order = string.CompareOrdinal(a.Name, b.Name);
        if (order == 0) order = a.Kind.CompareTo(b.Kind);
        if (order == 0) order = a.Number.CompareTo(b.Number);
        return order != 0 ? order : string.CompareOrdinal(a.Text, b.Text);
    }
}
