using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Running;

public sealed class ProcessImageTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);
    private readonly ProcessImage image = new(SchoolFiles.DemoSite);

    private static EnergyPilot.Core.Sites.Point Sensor => SchoolFiles.DemoSite.Points[new("room-cp.temperature")];

    [Fact]
    public void Value_grows_old_and_is_lost_when_the_points_patience_is_over()
    {
        image.Put(Sensor, 19, Start);

        image.Freeze(Start + Sensor.StaleAfter, []).Of(Sensor.Id).IsReliable.ShouldBeTrue();
        image.Freeze(Start + Sensor.StaleAfter + TimeSpan.FromSeconds(1), []).Of(Sensor.Id).Reliability.ShouldBe(Reliability.CommunicationFailure);
    }

    [Fact]
    public void Steady_value_that_is_still_seen_is_no_dead_sensor()
    {
        for (var hour = 0; hour < 48; hour++) image.Put(Sensor, 19, Start.AddHours(hour));

        image.Freeze(Start.AddHours(47), []).Of(Sensor.Id).IsReliable.ShouldBeTrue();
    }

    [Fact]
    public void Reading_from_before_the_clock_was_set_back_is_not_fresh()
    {
        image.Put(Sensor, 19, Start);

        image.Freeze(Start.AddDays(-1), []).Of(Sensor.Id).IsReliable.ShouldBeFalse();
    }

    [Theory]
    [InlineData(2000, Reliability.OverRange)]
    [InlineData(-300, Reliability.UnderRange)]
    [InlineData(double.NaN, Reliability.UnreliableOther)]
    public void Implausible_value_is_marked(double value, Reliability reliability)
    {
        image.Put(Sensor, value, Start);

        image.Freeze(Start, []).Of(Sensor.Id).Reliability.ShouldBe(reliability);
    }

    [Fact]
    public void Frozen_snapshot_does_not_change()
    {
        image.Put(Sensor, 19, Start);
        var frozen = image.Freeze(Start, []);
        image.Put(Sensor, 25, Start);

        frozen.Of(Sensor.Id).Value.ShouldBe(19);
    }
}
