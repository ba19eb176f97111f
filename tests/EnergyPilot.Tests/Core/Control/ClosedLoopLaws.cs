using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>What must hold over hours in which rooms warm up and cool down, sensors come and go and people change their minds.</summary>
public sealed class ClosedLoopLaws
{
    private static readonly Action<Course>[] All = [.. Law.Of<Course>(typeof(CourseLaws))];
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Broken = new(() => Law.Broken(All, seed => new RandomHouse(new Random(seed)).Live(200), cases: 300));

    public static TheoryData<string> Names => Law.Names(All);

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_over_three_hundred_courses_of_two_hundred_cycles(string law)
    {
        if (Broken.Value.TryGetValue(law, out var why)) Assert.Fail(why);
    }

    [Fact]
    public void A_clock_that_is_set_back_locks_nothing() => Law.Holds(chance =>
    {
        var house = new RandomHouse(chance) { Mood = Mood.Living };
        var later = house.Live(60).Steps[^1].Decision;
        house.At -= TimeSpan.FromDays(900 * chance.NextDouble());
        house.AllRooms(15);
        house.Wish(22);
        var first = house.Decide(later.Memory);
        var sighted = house.Site.Zones.Where(z => !z.Points.Temperature.IsEmpty).ToArray();
        if (sighted.Length == 0) return;
        var hydronic = sighted.Where(z => house.Site.Circuits.Single(c => c.Id == z.Circuit).Emitter != Emitter.Electric).ToArray();
        foreach (var output in sighted.SelectMany(z => z.Points.Valve).Concat(hydronic.Length > 0 ? house.Site.Boiler.Release : []))
            first.Output(output).Value.ShouldBe(house.Site.Points[output].Type.Range.High, output.Name);
        first.Alarms.ShouldAllBe(a => a.Since <= first.At);

        house.AllRooms(25);
        house.At += TimeSpan.FromHours(1);
        var second = house.Decide(first.Memory);
        foreach (var valve in sighted.SelectMany(z => z.Points.Valve).Select(second.Output)) (valve.Value == 0 || valve.Reason.Code == ReasonCode.Exercised).ShouldBeTrue($"{valve}");
        if (sighted.Length == house.Site.Zones.Length)
            foreach (var release in house.Site.Boiler.Release) second.Output(release).Value.ShouldBe(0);
    }, cases: 300);
}
