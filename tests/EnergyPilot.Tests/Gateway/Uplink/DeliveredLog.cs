using EnergyPilot.Benchmarks.Uplink;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Delivery;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Gateway.Uplink;

public sealed class DeliveredLog
{
    // Far more than it takes on a busy machine.

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task What_was_there_before_comes_late_and_what_comes_now_comes_live()
    {
        await using var stage = new UplinkStage();
        stage.Live(200);
        var before = stage.Store.Samples.LastSequence;
        stage.Start();
        await stage.CityHasAll();
        stage.Live(60);
        await stage.CityHasAll();
        stage.City.Look(UplinkStage.Node, city => city.Samples.Values.Where(s => s.IsHistorical).Select(s => s.Sequence).DefaultIfEmpty().Max()).ShouldBe(before);
        stage.City.Look(UplinkStage.Node, city => (city.Again, city.Contradictions, city.Gaps)).ShouldBe((0, 0, 0));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Cursor_moves_when_the_city_says_so_and_not_before()
    {
        await using var stage = new UplinkStage();
        stage.City.Acknowledges = false;
        stage.Live(200);
        stage.Start();
        await stage.Until(city => city.Samples.Count == stage.Store.Samples.LastSequence);
        (stage.Figures.Waiting, stage.Figures.Acknowledged).ShouldBe((stage.Store.Samples.LastSequence, DateTimeOffset.MinValue));
        await stage.Stop();
        stage.Store.Cursors.At(Progress.Cursor).ShouldBe(0);

        stage.City.Acknowledges = true;
        stage.Start();
        await UplinkStage.Until(() => stage.Figures.Waiting == 0);
        stage.Figures.Acknowledged.ShouldBeGreaterThan(DateTimeOffset.MinValue);
        await stage.Stop();
        stage.Store.Cursors.At(Progress.Cursor).ShouldBe(stage.Store.Samples.LastSequence);
        // What the city answers to the births may be there before anything is sent again.
        stage.City.Look(UplinkStage.Node, city => city.Again).ShouldBeOneOf(0, stage.Store.Samples.LastSequence);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Live_data_pass_late_data_that_nobody_acknowledges()
    {
        await using var stage = new UplinkStage(share: 1);
        stage.City.Acknowledges = false;
        stage.Live(1500);
        var before = stage.Store.Samples.LastSequence;
        before.ShouldBeGreaterThan(4000);
        stage.Start();
        await UplinkStage.Until(() => stage.Figures.Phase == SparkplugPhase.Born);
        stage.Live(6);
        var newest = stage.Store.Samples.LastSequence;
        await stage.Until(city => city.Samples.ContainsKey(newest));
        stage.City.Look(UplinkStage.Node, city => city.Samples.Keys.Count(k => k <= before)).ShouldBeLessThan(4000, "the window of late data is full");
        stage.City.Acknowledges = true;
        stage.City.Command(UplinkStage.Group, UplinkStage.Node, "", ("Node Control/Rebirth", SparkplugScalar.Of(true)));
        await stage.CityHasAll();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task City_that_has_more_than_a_gateway_remembers_is_believed()
    {
        await using var stage = new UplinkStage();
        stage.Live(100);
        stage.Start();
        await stage.CityHasAll();
        await stage.Restart(() => { });
        await UplinkStage.Until(() => stage.Figures.Waiting == 0);
        await stage.Stop();
        // As after a power cut within the quarter of an hour.
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={stage.File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE cursor SET seq = 0";
            command.ExecuteNonQuery();
        }

        stage.Start();
        stage.Live(6);
        await stage.CityHasAll();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Acknowledgements_of_another_log_move_nothing()
    {
        await using var stage = new UplinkStage();
        stage.City.Acknowledges = false;
        stage.Live(50);
        stage.Start();
        await stage.Until(city => city.Samples.Count == stage.Store.Samples.LastSequence);
        stage.City.Command(UplinkStage.Group, UplinkStage.Node, "", (DeliveryMetrics.Log, SparkplugScalar.Of("another")), (DeliveryMetrics.StoredThrough, SparkplugScalar.Of(stage.Store.Samples.LastSequence)));
        stage.City.Command(UplinkStage.Group, UplinkStage.Node, "", (DeliveryMetrics.StoredThrough, SparkplugScalar.Of(stage.Store.Samples.LastSequence)));
        stage.City.Command(UplinkStage.Group, UplinkStage.Node, "", (DeliveryMetrics.Log, SparkplugScalar.Of(stage.Store.LogId)), (DeliveryMetrics.StoredThrough, SparkplugScalar.Of(7L)));
        await UplinkStage.Until(() => stage.Figures.Waiting == stage.Store.Samples.LastSequence - 7);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task City_that_has_more_than_the_log_ever_had_makes_it_another_log()
    {
        await using var stage = new UplinkStage();
        stage.Live(50);
        stage.Start();
        await stage.CityHasAll();
        var before = stage.Store.LogId;
        // As after a card that was written back from a copy.
        stage.City.Command(UplinkStage.Group, UplinkStage.Node, "", (DeliveryMetrics.Log, SparkplugScalar.Of(before)), (DeliveryMetrics.StoredThrough, SparkplugScalar.Of(stage.Store.Samples.LastSequence + 100)));
        await UplinkStage.Until(() => stage.Store.LogId != before);
        var begun = stage.Store.Samples.LastSequence;
        stage.Live(200);
        await stage.Until(city => city.Log == stage.Store.LogId && city.StoredThrough == stage.Store.Samples.LastSequence);
        stage.City.Look(UplinkStage.Node, city => city.Samples.Keys.Order().ToArray()).ShouldBe(Enumerable.Range((int)begun + 1, (int)(stage.Store.Samples.LastSequence - begun)).Select(n => (long)n));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Line_that_is_torn_in_the_midst_costs_nothing()
    {
        await using var stage = new UplinkStage(share: 0.2);
        stage.Live(1500);
        stage.Start();
        for (var n = 0; n < 3; n++)
        {
            await stage.Until(city => city.Births > n);
            stage.Live(6);
            stage.Relay.Tear();
        }

        await stage.CityHasAll();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Log_that_begins_anew_is_taken_for_a_new_one()
    {
        await using var stage = new UplinkStage();
        stage.Live(100);
        stage.Start();
        await stage.CityHasAll();
        var first = stage.Store.LogId;
        await stage.Restart(() => System.IO.File.Delete(stage.File));
        stage.Store.LogId.ShouldNotBe(first);
        stage.Live(50);
        await stage.CityHasAll();
        stage.City.Look(UplinkStage.Node, city => city.SamplesOf(first).Count).ShouldBeGreaterThan(0);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Point_that_is_no_longer_in_the_site_file_is_still_told()
    {
        await using var stage = new UplinkStage();
        stage.Live(50);
        stage.Site = stage.Site with { Devices = stage.Site.Devices.RemoveAt(0) };
        stage.Start();
        await stage.CityHasAll();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Samples_that_had_to_be_given_up_do_not_hold_up_the_rest()
    {
        await using var stage = new UplinkStage();
        stage.Live(100);
        var gone = stage.Store.Samples.LastSequence;
        stage.Live(100);
        stage.Store.Cursors.Open(Progress.Cursor);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={stage.File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"DELETE FROM sample WHERE seq <= {gone}";
            command.ExecuteNonQuery();
        }

        stage.Start();
        await stage.CityHasAll();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Broker_alone_can_acknowledge_where_the_site_says_so()
    {
        await using var stage = new UplinkStage(uplink => uplink with { Acknowledger = Acknowledger.Broker });
        stage.City.Acknowledges = false;
        stage.Live(200);
        stage.Start();
        await UplinkStage.Until(() => stage.Figures.Waiting == 0);
        stage.Live(12);
        await UplinkStage.Until(() => stage.Figures.Waiting == 0);
        // The broker may have taken what the city is still to read.
        await stage.Until(city => city.Samples.Count == stage.Store.Samples.LastSequence);

        var receipt = "";
        using var reader = new MqttClient(new MqttOptions { Host = "127.0.0.1", Port = stage.Port }, (in MqttDelivery d) => receipt = System.Text.Encoding.UTF8.GetString(d.Payload), TimeProvider.System);
        await reader.Subscribe(new MqttSubscription(MqttFilter.Parse("energypilot/#"), MqttQos.AtLeastOnce), Stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = reader.Run(end.Token);
        // An older one may be kept there when the samples have come already.
        await UplinkStage.Until(() => Volatile.Read(ref receipt) == $$"""{"log":"{{stage.Store.LogId}}","through":{{stage.Store.Samples.LastSequence}}}""");
        await end.CancelAsync();
        await running;
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Nothing_is_sent_while_the_primary_host_is_away()
    {
        await using var stage = new UplinkStage(uplink => uplink with { Host = "city" });
        stage.Live(20);
        stage.Start();
        await UplinkStage.Until(() => stage.Figures.Phase == SparkplugPhase.WaitingForHost);
        stage.City.Look(UplinkStage.Node, city => (city.Births, city.Samples.Count)).ShouldBe((0, 0));
        stage.City.Say("spBv1.0/STATE/city", """{"online":true,"timestamp":1}""");
        await stage.CityHasAll();
        stage.Figures.IsHostOnline.ShouldBe(true);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Times_that_are_put_right_are_put_right_at_the_city_too(bool whileItRuns)
    {
        var isSet = false;
        await using var stage = new UplinkStage(clock: machine => new SteadyClock(machine, () => isSet, "boot", machine.GetUtcNow().AddYears(-1)));
        stage.Live(100);
        stage.Start();
        await stage.CityHasAll();
        var wrong = stage.City.Look(UplinkStage.Node, city => city.Samples[1].AtMilliseconds);
        if (!whileItRuns) await stage.Stop();

        stage.Machine.Jump(stage.Machine.GetUtcNow().AddDays(3));
        isSet = true;
        var change = ((SteadyClock)stage.Clock).Look();
        change.IsSet.ShouldBeTrue();
        stage.Store.Samples.Restamp(change.Base);
        if (!whileItRuns) stage.Start();
        stage.Live(12);
        await stage.Until(city => city.Samples[1].AtMilliseconds - wrong == 3 * 86_400_000L);
        await stage.CityHasAll();
        stage.Live(100);
        await UplinkStage.Until(() => stage.Store.Samples.RestampedAfter == long.MaxValue);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Clock_that_nobody_has_set_yet_holds_data_back()
    {
        var isSet = false;
        await using var stage = new UplinkStage(clock: machine => new SteadyClock(machine, () => isSet, "boot", DateTimeOffset.MinValue)) { ClockPatience = TimeSpan.FromMinutes(10) };
        stage.Live(50);
        stage.Start();
        await UplinkStage.Until(() => stage.Figures.Phase == SparkplugPhase.Born);
        stage.Live(6);
        // A word of the node that goes out after data would have.
        stage.City.Command(UplinkStage.Group, UplinkStage.Node, "", ("Node Control/Rebirth", SparkplugScalar.Of(true)));
        await stage.Until(city => city.Births > 1);
        stage.City.Look(UplinkStage.Node, city => city.Samples.Count).ShouldBe(0);
        isSet = true;
        ((SteadyClock)stage.Clock).Look();
        stage.Live(6);
        await stage.CityHasAll();
    }
}
