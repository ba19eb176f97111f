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

    /// <summary>Whether an answer that comes now may be the one that is owed.</summary>
    public bool Owes(byte unit) => since.TryGetValue(unit, out var asked) && time.GetElapsedTime(asked) < Forgotten;

    /// <summary>How long the line is still listened to before the unit is asked; counted from when it did not answer, so that a poller that comes back later pays nothing.</summary>
    public TimeSpan Allowance(byte unit) =>
        since.TryGetValue(unit, out var asked) && Longest - time.GetElapsedTime(asked) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
