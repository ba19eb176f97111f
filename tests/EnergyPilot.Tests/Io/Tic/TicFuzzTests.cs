namespace EnergyPilot.Tests.Io.Tic;

/// <summary>The part of the fuzzing that every run does.</summary>
public sealed class TicFuzzTests
{
    [Fact]
    public void Hundred_thousand_hostile_inputs_neither_throw_nor_grow() => TicFuzz.Run(seed: 20260101, count: 100_000).ShouldBeGreaterThan(10_000);
}
