namespace EnergyPilot.Gateway.Recording;

/// <summary>How often days are written and how long they are kept.</summary>
internal sealed record RecorderOptions
{
    /// <summary>How much recorded time is written at once: what a power cut may cost, against the wear of the card.</summary>
    public TimeSpan WriteEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many days are kept.</summary>
    public int DaysKept { get; init; } = 14;
}
