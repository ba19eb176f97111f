using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.MBus;
using EnergyPilot.Io.Tic;
using EnergyPilot.Tests.Io.MBus;
using EnergyPilot.Tests.Io.Serial;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Field;

/// <summary>Looks at meters that are not in the site yet, over serial lines that the gateway polls meanwhile.</summary>
public sealed class LooksAtMeters
{
    private const string HeatMeter = """
        maker: any
        model: Heat meter
        summary: Meter
        protocol: m-bus
        points:
          energy: { measures: energy, record: energy, range: 0..1000000 kWh, accumulation: cumulative, poll: fast }
          flow-temperature: { measures: temperature, record: flow-temperature, range: -10..180 °C }
        """;

    private const string Linky = """
        maker: any
        model: Linky
        summary: Meter
        protocol: tic
        points:
          energy: { measures: energy, group: EAST, unit: Wh, range: 0..1000000 kWh, accumulation: cumulative }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData("7")]
    [InlineData("67004142")]
    [InlineData("67004142.KAM.01.04")]
    public async Task Meter_on_an_m_bus_is_asked_between_the_polls_of_the_others(string address)
    {
        var cable = await SocatCable.Plug(Stop);
        await using var line = Open(cable.Far);
        var serving = new MBusSlave(VirtualMeters.Heat(0x12345678, 1), VirtualMeters.Heat(0x67004142, 7)).Serve(line, Stop);
        var site = SiteWith.Of($"protocol: m-bus, where: {cable.Near}, interval: 10 s, baud: 9600", "1", HeatMeter);
        var image = new ProcessImage(site);
        await using (var bus = Bus(site, image))
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            var polling = Poll(bus, enough.Token);
            var answer = await Probe(bus).Ask(SiteWith.New(site, address), Stop);
            var absent = await Probe(bus).Ask(SiteWith.New(site, "9"), Stop);
            await enough.CancelAsync();
            var polls = await polling;

            answer.State.ShouldBe(ProbeState.Answers);
            answer.Found.ShouldBeEmpty();
            answer.Readings.Select(r => (r.Point.Type.Name, r.Reading.Value)).ShouldBe([("energy", 37_351), ("flow-temperature", 101.69)]);
            absent.State.ShouldBe(ProbeState.Silent);
            polls.ShouldBeGreaterThan(0);
            bus.Counters[SiteWith.Device].Read().ShouldSatisfyAllConditions(f => f.Requests.ShouldBe(polls, "nothing of the looks is counted"), f => f.Failures.ShouldBe(0));
            image.Freeze(TimeProvider.System.GetUtcNow(), []).Readings.Keys.ShouldAllBe(p => p.Name.StartsWith(SiteWith.Device, StringComparison.Ordinal));
        }

        await cable.DisposeAsync();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Two_meters_with_the_address_are_said_to_be_two()
    {
        var cable = await SocatCable.Plug(Stop);
        await using var line = Open(cable.Far);
        var serving = new MBusSlave(VirtualMeters.Heat(0x12345678, 1), VirtualMeters.Heat(0x67004142, 7), VirtualMeters.Heat(0x31415926, 7)).Serve(line, Stop);
        var site = SiteWith.Of($"protocol: m-bus, where: {cable.Near}, baud: 9600", "1", HeatMeter);
        await using (var bus = Bus(site, new ProcessImage(site)))
            (await Probe(bus).Ask(SiteWith.New(site, "7"), Stop)).Found.ShouldHaveSingleItem().Fault.ShouldBe(LineFault.MeterGarbled);
        await cable.DisposeAsync();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData("041876543210", true)]
    [InlineData("any", true)]
    [InlineData("041876999999", false)]
    public async Task Electricity_meter_is_heard_in_its_next_frame_and_told_by_its_number(string address, bool isHeard)
    {
        using var pty = new PtyPair();
        var site = SiteWith.Of($"protocol: tic, where: {pty.Path}, baud: 9600", "041876543210", Linky);
        var image = new ProcessImage(site);
        await using var bus = Bus(site, image);
        await bus.Poll(TimeProvider.System.GetUtcNow(), Stop);
        var meter = new TicEmitter(TicMode.Standard, TimeProvider.System) { EnergyWattHours = 12_345_000 };
        var looking = Probe(bus).Ask(SiteWith.New(site, address), Stop).AsTask();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var speaking = meter.Run(pty.Far, enough.Token);
        var answer = await looking;
        await enough.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(speaking);

        answer.State.ShouldBe(isHeard ? ProbeState.Answers : ProbeState.Silent);
        if (isHeard) answer.Readings.ShouldHaveSingleItem().Reading.Value.ShouldBe(12_345);
        else
            answer.Found.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                t => t.Fault.ShouldBe(LineFault.OtherMeter), t => t.Facts.Select(f => f.Text).ShouldBe(["041876543210", "041876999999"]));
        image.Freeze(TimeProvider.System.GetUtcNow(), []).Readings.Keys.ShouldNotContain(p => p.Name.StartsWith("new", StringComparison.Ordinal));
        bus.Counters[SiteWith.Device].Read().Failures.ShouldBe(0);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Electricity_meter_that_says_nothing_is_told_so_when_patience_ends()
    {
        using var pty = new PtyPair();
        var site = SiteWith.Of($"protocol: tic, where: {pty.Path}, baud: 9600", "041876543210", Linky);
        await using var bus = Bus(site, new ProcessImage(site));
        await bus.Poll(TimeProvider.System.GetUtcNow(), Stop);
        using var patience = new CancellationTokenSource();
        var look = bus.Look(SiteWith.New(site, "any"), new ProcessImage(site), TimeProvider.System.GetUtcNow(), patience.Token);
        await patience.CancelAsync();
        (await look).Found.ShouldHaveSingleItem().Fault.ShouldBe(LineFault.MeterSilent);
    }

    private static Probe Probe(IFieldBus bus)
    {
        var field = new FieldView();
        field.Show([bus]);
        return new Probe(field, TimeProvider.System);
    }

    private static IFieldBus Bus(Site site, ProcessImage image)
    {
        var bus = site.Buses.Single(b => b.Id == "added-bus");
        return FieldBuses.Open(bus, site.Devices.Where(d => d.Bus.Id == bus.Id), image, new Surroundings("a-test", PulseCounts.Forgotten, NullLogger.Instance));
    }

    // As often as the line lets it, each time as if ten minutes had gone by.
    private static async Task<int> Poll(IFieldBus bus, CancellationToken stop)
    {
        var (at, polls) = (TimeProvider.System.GetUtcNow(), 0);
        for (; !stop.IsCancellationRequested; polls++) await bus.Poll(at += TimeSpan.FromMinutes(10), CancellationToken.None);
        return polls;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0, useAsync: true);
}
