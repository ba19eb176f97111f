using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests;

/// <summary>Looks into the store that tests take, by what the gateway itself asks for.</summary>
internal static class StoreLooks
{
    /// <summary>The last lines of the audit, newest first.</summary>
    public static ImmutableArray<AuditEntry> Latest(this AuditLog audit, int count) => audit.Page(AuditFilter.All, long.MaxValue, count);

    /// <summary>Every alarm of this time, oldest first.</summary>
    public static ImmutableArray<AlarmEntry> History(this AlarmBook alarms, DateTimeOffset from, DateTimeOffset to) => [.. alarms.Newest(from, to, "", int.MaxValue).Reverse()];

    /// <summary>Every change of this time, in order.</summary>
    public static ImmutableArray<DecisionChange> Changes(this DecisionLog decisions, PointId subject, DateTimeOffset from, DateTimeOffset to) =>
        [.. decisions.Newest(subject, from, to, 0, int.MaxValue).Reverse()];

    /// <summary>The next samples after a cursor.</summary>
    public static ImmutableArray<Sample> ReadAfter(this Cursors cursors, string cursor, int limit) => cursors.ReadAfter(cursors.At(cursor), limit);

    /// <summary>The next samples after a place.</summary>
    public static ImmutableArray<Sample> ReadAfter(this Cursors cursors, long sequence, int limit) => cursors.ReadAfter(sequence, long.MaxValue, limit);
}
