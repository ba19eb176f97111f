using EnergyPilot.Tests.Io.Fuzz;

namespace EnergyPilot.Tests.Io.Tic;

/// <summary>The part of the fuzzing that every run does.</summary>
public sealed class TicFuzzTests
{
    [Fact]
    public void Hostile_inputs_neither_throw_nor_grow() => TicFuzz.Run(seed: 20260101, FuzzRuns.Count).ShouldBeGreaterThan(10_000);
}
