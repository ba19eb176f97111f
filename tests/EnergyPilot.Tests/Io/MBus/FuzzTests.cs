using EnergyPilot.Tests.Io.Fuzz;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>No byte from outside throws past a parser or takes more memory than its bound.</summary>
public sealed class FuzzTests
{
    [Fact]
    public void Hostile_frames_do_no_harm() => MBusFuzz.Run(20261122, FuzzRuns.Count);
}
