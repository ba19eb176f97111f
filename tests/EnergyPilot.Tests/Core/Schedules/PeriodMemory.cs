using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Schedules;

public sealed class PeriodMemory
{
    [Fact]
    public void Looking_days_ahead_does_not_make_the_present_be_worked_out_again()
    {
        var now = DemoWorld.Tuesday.AddHours(9);
        var present = DemoWorld.Site.PeriodOf(DemoWorld.Cp, now);
        for (var ahead = DemoWorld.Site.PeriodOf(DemoWorld.Cp, present.Until); ahead.From < now.AddHours(36); ahead = DemoWorld.Site.PeriodOf(DemoWorld.Cp, ahead.Until))
            ahead.From.ShouldBeGreaterThan(now);
        DemoWorld.Site.PeriodOf(DemoWorld.Cp, now.AddMinutes(1)).ShouldBeSameAs(present);
    }
}
