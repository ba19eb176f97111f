using EnergyPilot.Core.Control;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

public sealed class WarmUpLeads
{
    // lead = 0.3 + ΔT · (0.5 + 0.3 · (target − outdoor)/25 + 0.2 · min(empty, 72)/72), in hours.
    [Theory]
    [InlineData(16, 19, 19, 0, 1.8)]
    [InlineData(16, 19, -6, 0, 2.7)]
    [InlineData(16, 19, -6, 36, 3.0)]
    [InlineData(16, 19, -6, 72, 3.3)]
    [InlineData(16, 19, -6, 2000, 3.3)]
    [InlineData(16, 19, 30, 0, 1.8)]
    [InlineData(8, 19, 4, 64, 9.7356)]
    [InlineData(19, 19, -6, 72, 0)]
    [InlineData(21, 19, -6, 72, 0)]
    [InlineData(-25, 22, -25, 72, 40)]
    [InlineData(-1e300, 19, 1e300, 72, 40)]
    public void Lead_grows_with_the_climb_the_cold_and_the_absence(double room, double target, double outdoor, double emptyHours, double hours) =>
        WarmUpLead.Of(room.Celsius, target.Celsius, outdoor.Celsius, TimeSpan.FromHours(emptyHours)).TotalHours.ShouldBe(hours, 1e-3);
}
