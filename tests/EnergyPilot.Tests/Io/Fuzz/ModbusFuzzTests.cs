namespace EnergyPilot.Tests.Io.Fuzz;

/// <summary>Hostile frames, seeded; how many is for <see cref="FuzzRuns"/> to say.</summary>
public sealed class ModbusFuzzTests
{
    [Fact]
    public void No_frame_throws_past_a_Modbus_parser_or_allocates_beyond_its_bound() => ModbusFuzz.Run(seed: 20_261_121, FuzzRuns.Count);
}
