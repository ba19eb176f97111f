using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>
/// Outputs that an installer sets by hand for half a minute, to see which valve or pump is which. Such a test is a wish like those for rooms, kept with them and recorded with
/// them, so that it ends by itself whatever becomes of the browser or the gateway, and a day with tests replays. It outranks staff and programme, never frost, the
/// protection of equipment or minimum times.
/// </summary>
public static class OutputTests
{
    /// <summary>How long one lasts.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    // No zone of a site file can be called so.
    private const string Mark = "output/";

    /// <summary>Sets an output from now on, in the canonical unit of its quantity.</summary>
    public static Override For(PointId output, double value, string owner, DateTimeOffset at) =>
        new(0, new(Mark + output.Name), new(value), owner, at, at + Length, "") { Priority = Priority.Commissioning };

    /// <summary>The output that a wish sets; empty when it is one for a room.</summary>
    public static PointId OutputOf(Override wish) =>
        wish.Priority == Priority.Commissioning && wish.Zone.Name.StartsWith(Mark, StringComparison.Ordinal) ? new(wish.Zone.Name[Mark.Length..]) : new("");

    // Only among what the control itself sets: what nobody sets afterwards would stay as it was tested.
    internal static IEnumerable<Command> Of(Situation now, ImmutableArray<Command> wished)
    {
        foreach (var wish in now.Snapshot.Overrides)
        {
            var output = OutputOf(wish);
            if (output.Name.Length == 0 || !wish.HoldsAt(now.At) || wish.Until - wish.From > Length || !wished.Any(c => c.Point == output)) continue;
            yield return new Command(output, wish.Setpoint.Degrees, Priority.Commissioning, Reason.Of(ReasonCode.OutputTested, Fact.Of("by", wish.Owner), Fact.Of("until", wish.Until)));
        }
    }
}
