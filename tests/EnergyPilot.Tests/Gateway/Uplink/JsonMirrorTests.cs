using System.Text.Json;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Sparkplug;
using EnergyPilot.Tests.Gateway.Storage;
using EnergyPilot.Tests.Io;
using EnergyPilot.Tests.Io.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Uplink;

/// <summary>The mirror on a real mosquitto, read with mosquitto_sub.</summary>
public sealed class JsonMirrorTests
{
    private const string Status = "energypilot/school/status", Room = "energypilot/school/zone-cp", Ping = "energypilot/school/ping";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Broker_keeps_the_last_values_the_announcements_and_that_the_gateway_is_there()
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var mirror = new RunningMirror(broker.Port);
        await using (var live = Listen(broker, "-t", Status))
            // MQTT 5: the broker itself forgets it when nobody says it again.
            (await mirror.Until(live.Line(Stop), Stop)).ShouldBe($"{Status} 0 900 online");

        await using var kept = Listen(broker, "-t", "energypilot/#", "-t", "homeassistant/#", "-W", "3");
        var lines = (await kept.Output(Stop)).Split('\n').Where(l => l.StartsWith("energypilot/school", StringComparison.Ordinal) || l.StartsWith("homeassistant", StringComparison.Ordinal)).ToList();

        lines.Count.ShouldBe(MirrorSchool.Directory.Devices.Length + 1 + MirrorSchool.Directory.Points.Count + MirrorSchool.Site.Zones.Length);
        lines.ShouldAllBe(l => l.Split(' ')[1] == "1");
        var room = JsonDocument.Parse(lines.Single(l => l.StartsWith($"{Room} ", StringComparison.Ordinal)).Split(' ', 4)[3]).RootElement;
        room.GetProperty("temperature").GetDouble().ShouldBe(19);
        // Home Assistant finds each value where it was told to look.
        foreach (var said in lines.Where(l => l.StartsWith("homeassistant", StringComparison.Ordinal)).Select(l => JsonDocument.Parse(l.Split(' ', 4)[3]).RootElement))
        {
            var values = lines.Single(l => l.StartsWith($"{said.GetProperty("state_topic").GetString()} ", StringComparison.Ordinal));
            var key = said.GetProperty("value_template").GetString().ShouldNotBeNull().Split('\'')[1];
            JsonDocument.Parse(values.Split(' ', 4)[3]).RootElement.TryGetProperty(key, out _).ShouldBeTrue(key);
        }
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Only_what_changed_is_told_at_most_every_ten_seconds_and_all_of_it_every_five_minutes()
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var mirror = new RunningMirror(broker.Port);
        await using (var first = Listen(broker, "-t", Status)) await mirror.Until(first.Line(Stop), Stop);
        await using var live = Listen(broker, "-t", "energypilot/school/#", "-R");
        await Subscribed(broker, live, mirror);

        mirror.Time.Advance(TimeSpan.FromSeconds(9));
        mirror.Live.Show(MirrorSchool.Cycle(mirror.Time.GetUtcNow(), 20));
        await broker.Publish(Stop, "-t", "energypilot/school/soon", "-m", "-");
        (await Next(live)).ShouldStartWith("energypilot/school/soon");
        mirror.Cycle(21);
        (await Next(live)).ShouldStartWith(Room);

        mirror.Time.Advance(MirrorDevice.Heartbeat);
        mirror.Live.Show(MirrorSchool.Cycle(mirror.Time.GetUtcNow(), 21));
        var beat = new List<string>();
        while (beat.Count <= MirrorSchool.Directory.Devices.Length) beat.Add((await Next(live)).Split(' ')[0]);
        beat.Order(StringComparer.Ordinal).ShouldBe(MirrorSchool.Directory.Devices.Select(d => $"energypilot/school/{d}").Append(Status).Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Broker_that_lost_everything_is_told_everything_again()
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var mirror = new RunningMirror(broker.Port);
        await using (var first = Listen(broker, "-t", Status)) await mirror.Until(first.Line(Stop), Stop);

        await broker.Kill();
        foreach (var file in Directory.EnumerateFiles(broker.Folder, "*.db")) File.Delete(file);
        await broker.Run(Stop);
        await using (var second = Listen(broker, "-t", Status)) await mirror.Until(second.Line(Stop), Stop);

        await using var kept = Listen(broker, "-t", "energypilot/school/+", "-t", "homeassistant/#", "-C", $"{MirrorSchool.Directory.Devices.Length + 1 + MirrorSchool.Directory.Points.Count + MirrorSchool.Site.Zones.Length}");
        (await kept.Output(Stop)).ShouldContain(Room);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Broker_that_is_away_or_frozen_is_owed_one_message_at_most()
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var mirror = new RunningMirror(broker.Port);
        await using (var first = Listen(broker, "-t", Status)) await mirror.Until(first.Line(Stop), Stop);

        await broker.Freeze(Stop);
        mirror.Cycle(25);
        await mirror.Until(() => mirror.Edge.Client.Unacknowledged == 1, Stop);
        for (var i = 0; i < 200; i++) mirror.Cycle(i % 2 == 0 ? 20 : 25);
        mirror.Edge.Client.Unacknowledged.ShouldBe(1);

        await broker.Thaw(Stop);
        await broker.Kill();
        await mirror.Until(() => mirror.Edge.Standing.Phase != SparkplugPhase.Born, Stop);
        for (var i = 0; i < 200; i++) mirror.Cycle(i % 2 == 0 ? 20 : 25);
        mirror.Edge.Client.Unacknowledged.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Gateway_that_is_stopped_says_offline_before_its_death()
    {
        await using var broker = await Mosquitto.Start(Stop);
        using var folder = new StoreFolder();
        using var store = folder.Open();
        var live = new LiveView();
        live.Show(MirrorSchool.Cycle(MirrorSchool.Morning, 19));
        var site = MirrorSchool.Site with { Uplink = MirrorSchool.UplinkTo(broker.Port) };
        using var session = new UplinkSession(site, store, live, TimeProvider.System, folder.Time, NullLogger.Instance);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var listener = Listen(broker, "-t", Status, "-t", "spBv1.0/roubaix/NDEATH/#");
        var running = session.Run(token => Cycles(live, token), ending.Token);
        (await listener.Line(Stop)).ShouldBe($"{Status} 0 900 online");

        await ending.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        (await listener.Line(Stop)).ShouldBe($"{Status} 0  offline");
        (await listener.Line(Stop)).ShouldNotBeNull().ShouldStartWith("spBv1.0/roubaix/NDEATH");
        await using var kept = Listen(broker, "-t", Status, "-C", "1");
        (await kept.Line(Stop)).ShouldBe($"{Status} 1  offline");
    }

    private static async Task Cycles(LiveView live, CancellationToken stop)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await beat.WaitForNextTickAsync(stop)) live.Show(MirrorSchool.Cycle(MirrorSchool.Morning, 19));
    }

    // A line of its own proves that it listens.
    private static async Task Subscribed(Mosquitto broker, PeerProcess live, RunningMirror mirror)
    {
        var seen = live.Line(Stop);
        while (!seen.IsCompleted) await broker.Publish(Stop, "-t", Ping, "-m", "-");
        (await mirror.Until(seen, Stop)).ShouldNotBeNull().ShouldStartWith(Ping);
    }

    private static async Task<string> Next(PeerProcess live)
    {
        while (true)
            if ((await live.Line(Stop)).ShouldNotBeNull() is var line && !line.StartsWith(Ping, StringComparison.Ordinal)) return line;
    }

    // Topic, whether it was kept, in how many seconds it expires, text.
    private static PeerProcess Listen(Mosquitto broker, params IEnumerable<string> arguments) =>
        PeerProcess.Start(Peers.Need("mosquitto_sub", "mosquitto-clients"), ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-V", "5", "-F", "%t %r %E %p", .. arguments]);
}
