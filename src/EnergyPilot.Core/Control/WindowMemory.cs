namespace EnergyPilot.Core.Control;

/// <summary>What is remembered of a zone's windows.</summary>
/// <param name="OpenSince">When one opened, by its contact or by a sudden fall of the temperature; MaxValue while all are shut.</param>
/// <param name="Seen">How it is known.</param>
/// <param name="PausedFrom">When the last pause of the heating for it or for airing, or the last suspicion, began.</param>
/// <param name="Tick">When the temperatures below were last moved on.</param>
/// <param name="Room">The room at that tick, and five and ten minutes before [°C]; not-a-number when unknown.</param>
public sealed record WindowMemory(
    DateTimeOffset OpenSince, WindowSeen Seen, DateTimeOffset PausedFrom, DateTimeOffset Tick, double Room, double FiveBefore, double TenBefore)
{
    public static readonly WindowMemory Shut = new(
        DateTimeOffset.MaxValue, WindowSeen.Not, DateTimeOffset.MinValue, DateTimeOffset.MinValue, double.NaN, double.NaN, double.NaN);

    /// <summary>When a falling temperature was last taken for an open window; people who aired before do not hide one that they then forgot.</summary>
    public DateTimeOffset SuspectedFrom { get; init; } = DateTimeOffset.MinValue;

    internal bool IsOpen => OpenSince != DateTimeOffset.MaxValue;
}

/// <summary>How an open window is known.</summary>
public enum WindowSeen { Not, ByContact, ByFallingTemperature }
