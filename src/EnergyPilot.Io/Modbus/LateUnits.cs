namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Units that still owe an answer on a wire without transaction identifiers. Were they asked something else at once, the late
/// answer would pass for the new one: the line is listened to for longer before they are asked again.
/// </summary>
internal sealed class LateUnits(TimeProvider time)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Dictionary<byte, long> since = [];

    /// <summary>The unit did not answer.</summary>
    public void Expect(byte unit) => since[unit] = time.GetTimestamp();

    /// <summary>The unit answered.</summary>
    public void Forget(byte unit) => since.Remove(unit);

    /// <summary>How long to listen before the unit is asked; at most half of the deadline, so that it has the other half to answer.</summary>
    public TimeSpan Allowance(byte unit, TimeSpan deadline) =>
        since.TryGetValue(unit, out var asked) && time.GetElapsedTime(asked) < Forgotten
            ? TimeSpan.FromTicks(Math.Min(Longest.Ticks, deadline.Ticks / 2))
            : TimeSpan.Zero;
}
