using EnergyPilot.Tests.Io.Fuzz;
namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>The part of the fuzzing that every run does.</summary>
public sealed class SparkplugFuzzTests
{
    [Fact]
    public void Hostile_payloads_neither_throw_nor_allocate()
    {
        var (taken, refused) = SparkplugFuzz.Run(seed: 20261122, FuzzRuns.Count);

        TestContext.Current.TestOutputHelper?.WriteLine($"{taken} taken, {refused} refused");
        taken.ShouldBeGreaterThan(10_000);
        refused.ShouldBeGreaterThan(10_000);
    }
}
