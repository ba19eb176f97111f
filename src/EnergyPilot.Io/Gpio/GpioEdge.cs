namespace EnergyPilot.Io.Gpio;

/// <summary>A change of an input.</summary>
/// <param name="To">The level after the change.</param>
/// <param name="At">When, on a clock that never jumps (CLOCK_MONOTONIC: time since the machine started).</param>
/// <param name="Sequence">Number of this change on its line, from 1; a missing number is a change whose record was lost. Wraps around after 2^32.</param>
public readonly record struct GpioEdge(GpioLevel To, TimeSpan At, uint Sequence);
