using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

public sealed class BatteryAlarms
{
    private static readonly DateTimeOffset Lesson = DemoWorld.Tuesday.AddHours(10);
    private static readonly PointId Level = DemoWorld.Cp.Points.Temperature[0];
    private static readonly Site Site = DemoWorld.Site with
    {
        Devices = [.. DemoWorld.Site.Devices.Select(d => d with { Points = [.. d.Points.Select(p => p.Id == Level ? p with { Type = p.Type with { AlarmBelow = 10 } } : p)] })],
    };

    private readonly DemoWorld world = new(rooms: 19, outdoor: 5);
    private Memory memory = Memory.Empty;

    [Fact]
    public void Battery_that_is_nearly_empty_calls_a_person()
    {
        After(10, TimeSpan.FromMinutes(5)).ShouldBeNull();
        After(9.9, TimeSpan.FromMinutes(1)).ShouldBeNull("one bad value is no empty battery");
        var alarm = After(9.9, TimeSpan.FromMinutes(5)).ShouldNotBeNull();

        alarm.Severity.ShouldBe(Severity.Notice);
        alarm.Subject.ShouldBe(Level.Name);
    }

    [Fact]
    public void Alarm_stays_while_the_battery_recovers_a_little_or_is_silent_and_ends_with_a_new_one()
    {
        After(9, TimeSpan.FromMinutes(5)).ShouldNotBeNull();
        After(11, TimeSpan.FromMinutes(5)).ShouldNotBeNull();
        After(double.NaN, TimeSpan.FromMinutes(5)).ShouldNotBeNull();
        After(100, TimeSpan.FromMinutes(5)).ShouldBeNull();
        After(double.NaN, TimeSpan.FromMinutes(5)).ShouldBeNull("of a silent device nothing is known");
    }

    private DateTimeOffset now = Lesson;

    private Alarm? After(double level, TimeSpan length)
    {
        world[Level] = level;
        Alarm? alarm = null;
        for (var end = now + length; now < end; now = now.AddMinutes(1))
        {
            var decision = Pilot.Decide(Site, world.At(now), memory);
            (memory, alarm) = (decision.Memory, decision.Alarm(ReasonCode.BatteryLow));
        }

        return alarm;
    }
}
