using EnergyPilot.Benchmarks.Seasons;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;
using School = EnergyPilot.Simulation.Physics.School;

namespace EnergyPilot.Tests.Core.Learning;

/// <summary>The study's school in January, under the pilot.</summary>
public sealed class SwappedSensors
{
    private static readonly DateTimeOffset January = new(2026, 1, 5, 0, 0, 0, TimeSpan.FromHours(1));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 4)]
    public void Two_rooms_whose_sensors_were_swapped_are_found(int first, int second) =>
        Found(days: 14, SchoolFault.SwappedSensors(first, second)).ShouldBe([(first, second)]);

    [Fact]
    public void Rooms_that_share_a_wall_are_not_suspected() => Found(days: 14).ShouldBeEmpty();

    [Fact]
    public void A_week_without_heat_accuses_nobody()
    {
        var quarter = Enumerable.Range(0, 700).Select(k => new Quarter(January.AddMinutes(15 * k), 12 + Math.Sin(k / 20.0), new ZoneDrive { Outdoor = 8 }, QuarterWorth.Good)).ToArray();
        SwapSuspicion.Of([quarter, quarter, []]).ShouldBeEmpty();
    }

    private static (int, int)[] Found(int days, params SchoolFault[] faults)
    {
        var building = Buildings.All[0];
        var site = StudySite.Of(building, StudySite.Study);
        var school = new School(building.School, TypicalYear.Uccle, new PupilPlan(building.People), January);
        foreach (var fault in faults) school.Inject(fault);
        var book = new Book();
        var control = new CoreControl(site, Pilot.Decide, book);
        for (var minute = 0; minute < days * 24 * 60; minute++)
        {
            control.Minute(school);
            school.Advance(TimeSpan.FromMinutes(1));
        }

        return [.. SwapSuspicion.Of([.. site.Zones.Select(z => book.Quarters.Since(z.Id, DateTimeOffset.MinValue))])];
    }

    private sealed class Book : IStudy
    {
        public QuartersInMemory Quarters { get; } = new();

        public Snapshot Before(Snapshot snapshot) => snapshot;

        public void After(Snapshot snapshot, Decision decision) => Quarters.Append(decision.Quarters);
    }
}
