namespace EnergyPilot.Io.Tic;

/// <summary>A frame and when its last character came.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="At">By the gateway's clock, in UTC.</param>
public sealed record TicArrival(TicFrame Frame, DateTimeOffset At);
