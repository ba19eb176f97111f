namespace EnergyPilot.Io.Tic;

/// <summary>The colour of a day in the Tempo contract.</summary>
public enum TicColour
{
    /// <summary>Not announced, or another contract.</summary>
    None = 0,

    /// <summary>Cheap.</summary>
    Blue = 1,

    /// <summary>Medium.</summary>
    White = 2,

    /// <summary>Dear.</summary>
    Red = 3,
}
