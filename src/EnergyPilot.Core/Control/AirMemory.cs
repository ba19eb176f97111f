namespace EnergyPilot.Core.Control;

/// <summary>What is remembered of a zone's air.</summary>
/// <param name="Light">How the air was judged last.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="Needed">For how long the room is to be aired, as it was last told; zero while nothing was.</param>
/// <param name="AiringSince">Since when the advice has been followed; MaxValue while it is not.</param>
/// <param name="Tick">When carbon dioxide was last compared with what it was.</param>
/// <param name="AtTick">What it was then [ppm]; not-a-number when unknown.</param>
/// <param name="FallPerMinute">How fast it fell until then [ppm/min].</param>
/// <param name="CoolUntil">Until when windows are to stay open for the cool of the night; MinValue while they are not.</param>
public sealed record AirMemory(
    AirLight Light, DateTimeOffset Since, TimeSpan Needed, DateTimeOffset AiringSince, DateTimeOffset Tick, double AtTick, double FallPerMinute, DateTimeOffset CoolUntil)
{
    public static readonly AirMemory None = new(
        AirLight.Unknown, DateTimeOffset.MinValue, TimeSpan.Zero, DateTimeOffset.MaxValue, DateTimeOffset.MinValue, double.NaN, 0, DateTimeOffset.MinValue);

    // Whatever was stored: a length that nobody told would be believed for ever.
    internal bool IsSound => Needed >= TimeSpan.Zero && Needed <= Airing.Longest;

    internal bool IsAiring => AiringSince != DateTimeOffset.MaxValue;
}

/// <summary>How the air of a room is, as a traffic light tells it.</summary>
public enum AirLight
{
    /// <summary>Nobody measures it.</summary>
    Unknown,
    Good,

    /// <summary>Air at the next break.</summary>
    AirSoon,

    /// <summary>Open doors and windows now.</summary>
    AirNow,
}
