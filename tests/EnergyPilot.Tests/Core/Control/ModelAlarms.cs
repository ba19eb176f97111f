using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

public sealed class ModelAlarms
{
    private static readonly DateTimeOffset Night = DemoWorld.Tuesday.AddHours(2);
    private static readonly ZoneId Cp = DemoWorld.Cp.Id;

    private readonly DemoWorld world = new(rooms: 16, outdoor: 2);

    [Theory]
    [InlineData(18.4, true)]
    [InlineData(18.6, false)]
    public void Room_that_will_be_cold_when_people_come_is_said_before(double expected, bool alarms)
    {
        var decision = Decided(m => m with { Arrival = Expecting(expected) }, Knowledge.None, TimeSpan.FromMinutes(3));

        var alarm = decision.Alarms.SingleOrDefault(a => a.Reason.Code == ReasonCode.CannotBeWarmInTime && a.Subject == Cp.Name);

        (alarm is not null).ShouldBe(alarms);
        if (alarm is null) return;
        alarm.Severity.ShouldBe(Severity.Warning);
        alarm.Reason.Facts.Select(f => f.Name).ShouldBe(["until", "room", "target"]);
        alarm.Reason.Facts[1].Number.ShouldBe(expected);
    }

    [Fact]
    public void Model_that_was_long_not_renewed_is_said_in_the_season_and_not_in_the_first_week_of_it()
    {
        var knowledge = Knows(Learned.Of(ZonePrior.Ordinary, Night.AddDays(-15)));

        Decided(m => m, knowledge, TimeSpan.FromDays(1)).Alarms.ShouldNotContain(a => a.Reason.Code == ReasonCode.ModelNotUpdated);
        var alarm = Decided(m => m, knowledge, TimeSpan.FromDays(7) + TimeSpan.FromMinutes(5)).Alarms.Single(a => a.Reason.Code == ReasonCode.ModelNotUpdated);
        alarm.Severity.ShouldBe(Severity.Notice);
        alarm.Subject.ShouldBe(Cp.Name);
    }

    [Fact]
    public void Model_is_not_missed_in_summer()
    {
        var summer = new DemoWorld(rooms: 22, outdoor: 24);
        var memory = Memory.Empty with { At = Night.AddMinutes(-1), OutdoorDay = 24, OutdoorFiltered = 24, Resting = SummerState.Resting };
        var old = Knows(Learned.Of(ZonePrior.Ordinary, Night.AddDays(-100)));

        Run(summer, memory, old, TimeSpan.FromDays(7) + TimeSpan.FromMinutes(5)).Alarms.ShouldNotContain(a => a.Reason.Code == ReasonCode.ModelNotUpdated);
    }

    [Theory]
    [InlineData(1.3, 5, true)]
    [InlineData(-1.3, 5, true)]
    [InlineData(1.1, 5, false)]
    [InlineData(1.3, 0, false)]
    public void Room_that_is_unlike_what_it_learned_is_said(double unexplained, double days, bool alarms)
    {
        var learned = Learned.Of(ZonePrior.Ordinary, Night) with { Days = days };

        var decision = Decided(m => m with { Estimate = ZoneEstimate.None with { Unexplained = unexplained, Quarter = Night } }, Knows(learned), TimeSpan.FromMinutes(3));

        decision.Alarms.Any(a => a.Reason.Code == ReasonCode.RoomUnlikeItsModel && a.Subject == Cp.Name).ShouldBe(alarms);
    }

    private static ArrivalMemory Expecting(double room)
    {
        var use = DemoWorld.Site.PeriodOf(DemoWorld.Cp, Night).NextUse;
        var forecast = new ArrivalForecast(Night.AddMinutes(-5), use, use.AddHours(-3), use, room);
        return new ArrivalMemory(forecast, forecast);
    }

    private static Knowledge Knows(Learned learned) => new(new Dictionary<ZoneId, Learned> { [Cp] = learned }, Outlook.None);

    // A minute after a cycle that left this memory of the class; then on in larger steps.
    private Decision Decided(Func<ZoneMemory, ZoneMemory> change, Knowledge knowledge, TimeSpan length)
    {
        var first = Pilot.Decide(DemoWorld.Site, world.At(Night.AddMinutes(-1)) with { Knowledge = knowledge }, Memory.Empty).Memory;
        var zones = new Dictionary<ZoneId, ZoneMemory>(first.Zones) { [Cp] = change(first.Of(Cp)) };
        return Run(world, first with { Zones = zones }, knowledge, length);
    }

    private static Decision Run(DemoWorld world, Memory memory, Knowledge knowledge, TimeSpan length)
    {
        var step = length > TimeSpan.FromHours(1) ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(30);
        var decision = Pilot.Decide(DemoWorld.Site, world.At(Night) with { Knowledge = knowledge }, memory);
        for (var at = Night + step; at <= Night + length; at += step)
            decision = Pilot.Decide(DemoWorld.Site, world.At(at) with { Knowledge = knowledge }, decision.Memory);
        return decision;
    }
}
