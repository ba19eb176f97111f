namespace EnergyPilot.Tests.Io.MBus;

/// <summary>No byte from outside throws past a parser or takes more memory than its bound.</summary>
public sealed class FuzzTests
{
    [Fact]
    public void Hundred_thousand_hostile_frames_do_no_harm() => MBusFuzz.Run(20261122, 100_000);
}
