namespace EnergyPilot.Benchmarks;

/// <summary>Whether a figure is measured in full, or only tried out.</summary>
internal enum Effort { Quick, Full }
