namespace EnergyPilot.Io.Tic;

/// <summary>What became of the bytes of a line.</summary>
/// <param name="Frames">Frames with at least one good group.</param>
/// <param name="BadChecksums">Groups dropped because of their checksum.</param>
/// <param name="Malformed">Groups dropped because they are none: no separators, strange characters, too long, cut.</param>
/// <param name="Aborted">Frames given up: broken off by the meter (EOT) or by a new start, too long, two run together, or empty.</param>
public readonly record struct TicStatistics(long Frames, long BadChecksums, long Malformed, long Aborted);
