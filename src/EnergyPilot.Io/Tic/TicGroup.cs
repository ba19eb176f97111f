namespace EnergyPilot.Io.Tic;

/// <summary>One line of a frame whose checksum was right.</summary>
/// <param name="Label">Its name, such as EAST, as the meter writes it.</param>
/// <param name="Value">The text, with its spaces; empty for DATE, whose time is all it says.</param>
/// <param name="Horodate">The time of the value, where the meter gives one that is a time.</param>
public readonly record struct TicGroup(string Label, string Value, TicHorodate? Horodate = null);
