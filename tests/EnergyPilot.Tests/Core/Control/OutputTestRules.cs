using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>An installer's test of an output: above the programme and staff, below what protects, and over by itself.</summary>
public sealed class OutputTestRules
{
    private static readonly DateTimeOffset Nine = DemoWorld.Tuesday.AddHours(9);
    private static readonly PointId Pump = DemoWorld.Site.Circuits[0].Pump[0];

    private readonly DemoWorld world = new(19.5, 15);

    [Fact]
    public void Test_sets_the_output_and_says_who()
    {
        var before = Of(world.Decide(Nine), DemoWorld.Valve);
        var wanted = 1 - before.Value;
        world.Wishes.Add(OutputTests.For(DemoWorld.Valve, wanted, "Ines", Nine));

        var during = Of(world.Decide(Nine), DemoWorld.Valve);

        (during.Value, during.Priority, during.Reason.Code).ShouldBe((wanted, Priority.Commissioning, ReasonCode.OutputTested));
        during.Reason.Facts.ShouldContain(f => f.Text == "Ines");
    }

    [Fact]
    public void Test_ends_by_itself_after_half_a_minute()
    {
        var before = Of(world.Decide(Nine), DemoWorld.Valve);
        world.Wishes.Add(OutputTests.For(DemoWorld.Valve, 1 - before.Value, "Ines", Nine.AddSeconds(-30)));

        Of(world.Decide(Nine), DemoWorld.Valve).Priority.ShouldNotBe(Priority.Commissioning);
    }

    [Fact]
    public void Longer_test_is_none()
    {
        world.Wishes.Add(OutputTests.For(DemoWorld.Valve, 1, "Ines", Nine) with { Until = Nine.AddMinutes(5) });

        world.Decide(Nine).Outputs.ShouldNotContain(o => o.Priority == Priority.Commissioning);
    }

    [Fact]
    public void Frost_beats_a_test()
    {
        world[DemoWorld.Cp] = 3;
        world.Wishes.Add(OutputTests.For(DemoWorld.Valve, 0, "Ines", Nine));

        var valve = Of(world.Decide(Nine), DemoWorld.Valve);

        (valve.Value, valve.Priority).ShouldBe((1, Priority.LifeSafety));
    }

    [Fact]
    public void Output_that_the_control_does_not_set_is_not_tested()
    {
        world.Wishes.Add(OutputTests.For(new("relays.channel-16"), 1, "Ines", Nine));

        world.Decide(Nine).Outputs.ShouldNotContain(o => o.Point.Name == "relays.channel-16");
    }

    [Fact]
    public void Test_of_one_output_leaves_the_others_and_the_rooms_alone()
    {
        var before = world.Decide(Nine);
        world.Wishes.Add(OutputTests.For(Pump, 1 - Of(before, Pump).Value, "Ines", Nine));

        var during = world.Decide(Nine);

        during.Targets.ShouldBe(before.Targets);
        during.Outputs.Where(o => o.Point != Pump).Select(o => (o.Point, o.Value)).ShouldBe(before.Outputs.Where(o => o.Point != Pump).Select(o => (o.Point, o.Value)));
    }

    private static Command Of(Decision decision, PointId point) => decision.Outputs.Single(o => o.Point == point);
}
