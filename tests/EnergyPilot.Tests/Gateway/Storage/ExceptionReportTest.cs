using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class ExceptionReportTest
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Steady_value_is_stored_once_a_quarter() =>
        Values(School.Room, Enumerable.Range(0, 361).Select(n => At(10 * n, School.Room, 20))).Length.ShouldBe(5);

    [Fact]
    public void Value_is_stored_when_it_leaves_its_deadband() =>
        Values(School.Room, [At(0, School.Room, 20), At(10, School.Room, 20.06), At(20, School.Room, 20.1), At(30, School.Room, 20.06), At(40, School.Room, 20)])
            .ShouldBe([20, 20.1, 20]);

    [Fact]
    public void Power_has_a_deadband_in_proportion() =>
        Values(School.Power, [At(0, School.Power, 10_000), At(10, School.Power, 10_150), At(20, School.Power, 10_200), At(30, School.Power, 0), At(40, School.Power, 19)])
            .ShouldBe([10_000, 10_200, 0]);

    [Fact]
    public void State_is_stored_on_every_change() =>
        Values(School.Valve, [At(0, School.Valve, 0), At(10, School.Valve, 1), At(20, School.Valve, 1), At(30, School.Valve, 0)]).ShouldBe([0, 1, 0]);

    [Fact]
    public void Index_is_stored_by_the_quarter() =>
        Values(School.Gas, Enumerable.Range(0, 361).Select(n => At(10 * n, School.Gas, 100 + n))).ShouldBe([100, 190, 280, 370, 460]);

    [Fact]
    public void Index_is_stored_before_and_after_it_falls() =>
        Values(School.Gas, [At(0, School.Gas, 100), At(10, School.Gas, 107), At(20, School.Gas, 3), At(30, School.Gas, 4)]).ShouldBe([100, 107, 3]);

    [Fact]
    public void Index_is_stored_before_its_meter_falls_silent() =>
        Values(School.Gas, [At(0, School.Gas, 100), At(10, School.Gas, 107), Trouble(20, School.Gas)]).ShouldBe([100, 107, double.NaN]);

    [Fact]
    public void Trouble_is_a_quality_without_a_value_at_the_moment_when_it_is_noticed()
    {
        var samples = Samples([At(0, School.Room, 20), Trouble(300, School.Room), Trouble(310, School.Room), At(320, School.Room, 20)]);

        samples.Select(s => s.Quality).ShouldBe([Reliability.NoFaultDetected, Reliability.CommunicationFailure, Reliability.NoFaultDetected]);
        samples[1].Value.ShouldBe(double.NaN);
        samples[1].At.ShouldBe(Start.AddSeconds(300));
    }

    [Fact]
    public void Value_that_is_not_seen_again_is_not_stored_again()
    {
        var reading = Reading.Good(20, Start);

        Samples(Enumerable.Range(0, 200).Select(n => School.Cycle(Start.AddSeconds(10 * n), School.Room, reading))).Length.ShouldBe(1);
    }

    [Fact]
    public void Output_is_stored_as_commanded()
    {
        var command = new Command(School.Valve, 1, Priority.Schedule, School.InUse);
        var readings = new Dictionary<PointId, Reading> { [School.Valve] = Reading.Good(0, Start) };

        var samples = Samples([School.Cycle(Start, readings, School.Nothing(Start) with { Outputs = [command] })]);

        samples.ShouldHaveSingleItem().Value.ShouldBe(1);
    }

    [Fact]
    public void Targets_demands_and_supplies_become_points()
    {
        var decision = School.Nothing(Start) with
        {
            Targets = [new(School.Zone, new(19), EnergyPilot.Core.Schedules.Mode.Comfort, Priority.Schedule, Start, School.InUse)],
            Demands = [new(School.Zone, Reading.Good(18, Start), new Share(0.4), WarmUp.Holding, School.InUse)],
            Supplies = [new(School.Circuit, new(55), Share.Full, School.InUse)],
        };

        Samples([School.Decided(decision)]).Select(s => (s.Point, s.Value)).ShouldBe(
            [(School.ZoneSetpoint, 19), (School.ZoneHeat, 40), (School.CircuitSetpoint, 55)]);
    }

    [Fact]
    public void A_point_with_a_deadband_and_a_heartbeat_of_its_own_is_stored_by_these()
    {
        var keeping = new EnergyPilot.Core.Sites.Keeping(new(2, 0), TimeSpan.FromMinutes(4));
        var site = School.Site with { Devices = [.. School.Site.Devices.Select(d => d with { Points = [.. d.Points.Select(p => p with { Keeping = keeping })] })] };

        var samples = Samples(Enumerable.Range(0, 120).Select(n => At(10 * n, School.Room, n == 3 ? 21.9 : n is > 3 and < 6 ? 22 : 20) with { Site = site }));

        samples.Select(s => (s.At - Start).TotalSeconds).ShouldBe([0, 40, 60, 240, 480, 720, 900, 960], "the quarter has a sample of its own too");
    }

    private static CycleRecord At(double seconds, PointId point, double value) => School.Cycle(Start.AddSeconds(seconds), (point, value));

    private static CycleRecord Trouble(double seconds, PointId point) =>
        School.Cycle(Start.AddSeconds(seconds), point, Reading.Unreliable(Reliability.CommunicationFailure, Start));

    private static double[] Values(PointId point, IEnumerable<CycleRecord> cycles) =>
        [.. Samples(cycles).Where(s => s.Point == point).Select(s => s.Value)];

    private static Sample[] Samples(IEnumerable<CycleRecord> cycles)
    {
        var (report, samples) = (new ExceptionReport(), new List<Sample>());
        foreach (var observation in cycles.SelectMany(CyclePoints.Of)) report.Take(observation, samples);
        return [.. samples];
    }
}
