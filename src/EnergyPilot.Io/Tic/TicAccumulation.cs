namespace EnergyPilot.Io.Tic;

/// <summary>Whether a number only grows.</summary>
public enum TicAccumulation
{
    /// <summary>A state of now or of a span.</summary>
    Momentary,

    /// <summary>An index that only grows, until it overflows after nine digits.</summary>
    Cumulative,
}
