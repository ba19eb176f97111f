using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Schedules;

public sealed class PeriodMemory
{
    [Fact]
    public void Looking_days_ahead_does_not_make_the_present_be_worked_out_again()
    {
        // A site of its own: other tests look at the common one meanwhile.
        var (now, site) = (DemoWorld.Tuesday.AddHours(9), DemoWorld.Site with { Name = "alone" });
        var present = site.PeriodOf(DemoWorld.Cp, now);
        for (var ahead = site.PeriodOf(DemoWorld.Cp, present.Until); ahead.From < now.AddHours(36); ahead = site.PeriodOf(DemoWorld.Cp, ahead.Until))
            ahead.From.ShouldBeGreaterThan(now);
        site.PeriodOf(DemoWorld.Cp, now.AddMinutes(1)).ShouldBeSameAs(present);
    }
}
