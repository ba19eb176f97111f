using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Tic;
using EnergyPilot.Simulation;

namespace EnergyPilot.Tests.Gateway.Field;

public sealed class TicBusTests
{
    private const string Bus = "protocol: tic, where: /dev/ttyS0";

    private const string Linky = """
        maker: any
        model: Linky
        summary: Meter
        protocol: tic
        points:
          energy: { measures: energy, group: EAST, unit: Wh, range: 0..1000000 kWh, accumulation: cumulative }
          power: { measures: apparent-power, group: SINSTS, unit: VA, range: 0..36000 VA }
        """;

    [Fact]
    public async Task What_the_meter_says_is_read_in_canonical_units()
    {
        await using var bus = new AddedBus(SiteWith.Of(Bus, "041876097764", Linky));
        await bus.Live(2);
        bus["energy"].IsReliable.ShouldBeTrue();
        bus["power"].IsReliable.ShouldBeTrue();
        bus["energy"].Value.ShouldBe(bus.School.ElectricityKwh, 0.001);
        bus.Figures.Requests.ShouldBe(2);
    }

    [Fact]
    public async Task Damaged_groups_bring_no_value_and_are_counted()
    {
        await using var bus = new AddedBus(SiteWith.Of(Bus, "any", Linky));
        bus.School.Inject(new Fault(FaultKind.CrcErrors, SiteWith.Device));
        await bus.Live(3);
        bus["energy"].IsReliable.ShouldBeFalse();
        bus.Figures.Of(Trouble.Checksum).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_silent_meter_is_missed_and_its_last_value_grows_old()
    {
        await using var bus = new AddedBus(SiteWith.Of(Bus, "any", Linky));
        await bus.Live(1);
        bus.School.Inject(new Fault(FaultKind.Silent, SiteWith.Device));
        await bus.Live(5);
        bus["energy"].Reliability.ShouldBe(Reliability.CommunicationFailure);
        bus.Figures.Of(Trouble.Timeout).ShouldBeGreaterThan(0);
        bus.School.Mend(new Fault(FaultKind.Silent, SiteWith.Device));
        await bus.Live(1);
        bus["energy"].IsReliable.ShouldBeTrue();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task The_frames_of_another_meter_are_not_believed()
    {
        var site = SiteWith.Of(Bus, "041876097764", Linky);
        var image = new ProcessImage(site);
        var now = new DateTimeOffset(2026, 1, 19, 5, 0, 0, TimeSpan.Zero);
        var frame = new TicFrame(TicMode.Standard, [new TicGroup("ADSC", "999999999999"), new TicGroup("EAST", "000123456")]);
        var stream = new MemoryStream(TicEncoder.Encode(frame));
        var reader = new TicReader([_ => ValueTask.FromResult<Stream>(stream)], new ManualTime(now));
        await using var bus = new TicBus(site.Buses.Single(b => b.Id == "added-bus"), site.Devices.Where(d => d.Id == SiteWith.Device), reader, image);

        await bus.Poll(now, TestContext.Current.CancellationToken);
        while (reader.Latest is null) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        await bus.Poll(now, TestContext.Current.CancellationToken);
        image.Freeze(now, []).Of(new PointId("added.energy")).Reliability.ShouldBe(Reliability.ConfigurationError);
        bus.Counters[SiteWith.Device].Read().Of(Trouble.Foreign).ShouldBe(1);
    }
}
