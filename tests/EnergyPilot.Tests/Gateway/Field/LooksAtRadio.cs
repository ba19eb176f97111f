using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Io;
using EnergyPilot.Tests.Io.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Field;

/// <summary>Looks at radio devices that are not in the site yet, behind a real broker.</summary>
public sealed class LooksAtRadio
{
    private const string Valve = """
        maker: any
        model: Radiator valve
        summary: Valve
        protocol: mqtt
        availability: availability
        last-seen: $.last_seen
        points:
          temperature: { measures: temperature, json: $.local_temperature, unit: °C, range: -10..60 °C }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Device_is_heard_beside_the_running_subscription_and_no_connection_stays()
    {
        await using var broker = await Mosquitto.Start(Stop, _ => Task.FromResult("allow_anonymous true\nsys_interval 1"));
        var (site, image) = School(broker);
        await using var bus = Bus(site, image);
        await bus.Poll(TimeProvider.System.GetUtcNow(), Stop);
        await UntilConnected(broker, 1);
        var looking = Probe(bus).Ask(SiteWith.New(site, "radio/two"), Stop).AsTask();
        await UntilConnected(broker, 2);
        while (!looking.IsCompleted)
        {
            await broker.Publish(Stop, "-t", "radio/two", "-m", """{"local_temperature":21.5}""");
            await Task.WhenAny(looking, Task.Delay(50, Stop));
        }

        var answer = await looking;
        answer.State.ShouldBe(ProbeState.Answers);
        answer.Readings.ShouldHaveSingleItem().Reading.Value.ShouldBe(21.5);
        answer.Found.ShouldBeEmpty();
        image.Freeze(TimeProvider.System.GetUtcNow(), []).Readings.ShouldBeEmpty();
        bus.Counters[SiteWith.Device].Read().Requests.ShouldBe(0);
        bus.Trace.ShouldNotBeNull().Last(1).ShouldBeEmpty();
        await UntilConnected(broker, 1);
        await broker.Publish(Stop, "-t", "radio/one", "-m", """{"local_temperature":19}""");
        while (image.Freeze(TimeProvider.System.GetUtcNow(), []).Readings.Count == 0) await Task.Delay(20, Stop);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Message_that_the_broker_has_kept_counts_from_the_time_it_says_and_not_otherwise()
    {
        await using var broker = await Mosquitto.Start(Stop);
        var (site, image) = School(broker);
        await using var bus = Bus(site, image);
        await broker.Publish(Stop, "-r", "-t", "radio/two", "-m", """{"local_temperature":30}""");
        await broker.Publish(Stop, "-r", "-t", "radio/three", "-m", $$"""{"local_temperature":22,"last_seen":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}""");
        await broker.Publish(Stop, "-r", "-t", "radio/four/availability", "-m", "offline");
        await broker.Publish(Stop, "-r", "-t", "radio/five", "-m", "[1");

        (await Short(bus, site, "radio/two")).ShouldBe((LineFault.OnlyKept, double.NaN));
        (await Short(bus, site, "radio/three")).ShouldBe((LineFault.None, 22));
        (await Short(bus, site, "radio/four")).ShouldBe((LineFault.DeviceOffline, double.NaN));
        (await Short(bus, site, "radio/five")).ShouldBe((LineFault.NotUnderstood, double.NaN));
        (await Short(bus, site, "radio/none")).ShouldBe((LineFault.NothingHeard, double.NaN));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Broker_that_wants_another_password_is_told_on_the_page_and_in_the_look()
    {
        await using var broker = await Mosquitto.Start(Stop, async folder =>
        {
            var file = Path.Combine(folder, "passwords");
            await using var peer = PeerProcess.Start(Peers.Need("mosquitto_passwd", "mosquitto"), "-c", "-b", file, "school", "sésame");
            await peer.Output(Stop);
            return $"allow_anonymous false\npassword_file {file}";
        });
        var (site, image) = School(broker);
        await using var bus = Bus(site, image);
        await bus.Poll(TimeProvider.System.GetUtcNow(), Stop);
        while (bus.Troubles.IsEmpty) await Task.Delay(20, Stop);
        bus.Troubles.ShouldHaveSingleItem().ShouldSatisfyAllConditions(t => t.Fault.ShouldBe(LineFault.BrokerLogin), t => t.Facts[0].Text.ShouldBe($"127.0.0.1:{broker.Port}"));
        (await Short(bus, site, "radio/two")).Fault.ShouldBe(LineFault.BrokerLogin);
    }

    private static (Site Site, ProcessImage Image) School(Mosquitto broker)
    {
        var site = SiteWith.Of($"protocol: mqtt, where: \"127.0.0.1:{broker.Port}\"", "radio/one", Valve);
        return (site, new ProcessImage(site));
    }

    private static IFieldBus Bus(Site site, ProcessImage image)
    {
        var bus = site.Buses.Single(b => b.Id == "added-bus");
        return FieldBuses.Open(bus, site.Devices.Where(d => d.Bus.Id == bus.Id), image, new Surroundings("a-school", PulseCounts.Forgotten, NullLogger.Instance));
    }

    private static Probe Probe(IFieldBus bus)
    {
        var field = new FieldView();
        field.Show([bus]);
        return new Probe(field, TimeProvider.System);
    }

    // It counts once a second, when whoever reads it has gone.
    private static async Task UntilConnected(Mosquitto broker, int clients)
    {
        string said;
        do
        {
            await using var peer = PeerProcess.Start(Peers.Need("mosquitto_sub", "mosquitto-clients"), "-p", $"{broker.Port}", "-h", "127.0.0.1", "-t", "$SYS/broker/clients/connected", "-C", "1");
            said = (await peer.Output(Stop)).Trim();
        }
        while (said != $"{clients}");
    }

    // A second is long enough for a broker on this machine; a look that has all it wants ends before.
    private static async Task<(LineFault Fault, double Value)> Short(IFieldBus bus, Site site, string address)
    {
        var device = SiteWith.New(site, address);
        var own = new ProcessImage(device.Points.ToDictionary(p => p.Id));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(1));
        var look = await bus.Look(device, own, TimeProvider.System.GetUtcNow(), patience.Token);
        var reading = own.Freeze(TimeProvider.System.GetUtcNow(), []).Of(device.Points[0].Id);
        return (look.Found.FirstOrDefault()?.Fault ?? LineFault.None, reading.IsReliable ? reading.Value : double.NaN);
    }
}
