using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Running;

public sealed class PlausibilityTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(24);
    private static readonly Site Site = SchoolFiles.DemoSite;
    private static readonly Point Sensor = Watched(Site.Points[new("room-cp.temperature")]);

    private readonly ProcessImage image = new(Site);

    [Fact]
    public void Value_that_never_moves_is_not_believed_until_it_does()
    {
        Say(19.5, Start, Patience - Step).ShouldBe(Reliability.NoFaultDetected);
        Say(19.5, Start + Patience, TimeSpan.Zero).ShouldBe(Reliability.UnreliableOther);
        Say(19.5, Start + Patience + Step, Patience).ShouldBe(Reliability.UnreliableOther);

        Say(19.4375, Start + Patience * 3, TimeSpan.Zero).ShouldBe(Reliability.NoFaultDetected);
    }

    [Fact]
    public void One_step_begins_the_time_anew()
    {
        Say(19.5, Start, Patience - Step);
        Say(19.4375, Start + Patience, Patience - Step).ShouldBe(Reliability.NoFaultDetected);
    }

    [Fact]
    public void Silence_is_no_standing_still()
    {
        Say(19.5, Start, Patience / 2);

        Say(19.5, Start + Patience * 4, Patience / 2).ShouldBe(Reliability.NoFaultDetected, "a sensor with a new battery may well say what it said before");
    }

    [Fact]
    public void Clock_that_was_set_back_begins_the_time_anew()
    {
        Say(19.5, Start, Patience / 2);

        Say(19.5, Start - Patience * 2, Patience / 2).ShouldBe(Reliability.NoFaultDetected);
    }

    [Fact]
    public void Points_without_such_a_time_may_stand_still_for_ever()
    {
        var valve = Site.Points[new("room-cp.temperature")];
        for (var day = 0; day < 400; day++) image.Put(valve, 19.5, Start.AddDays(day));

        image.Freeze(Start.AddDays(399), []).Of(valve.Id).IsReliable.ShouldBeTrue();
    }

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>The sensor says the same once a minute; what is thought of it at the end.</summary>
    private Reliability Say(double value, DateTimeOffset from, TimeSpan length)
    {
        var at = from;
        for (; at <= from + length; at += Step) image.Put(Sensor, value, at);
        return image.Freeze(at - Step, []).Of(Sensor.Id).Reliability;
    }

    private static Point Watched(Point point) => point with { Type = point.Type with { StuckAfter = Patience } };
}
