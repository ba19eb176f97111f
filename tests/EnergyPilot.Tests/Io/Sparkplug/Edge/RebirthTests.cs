using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;
using EnergyPilot.Tests.Io.Mqtt.Broker;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>Births again over the same connection.</summary>
public sealed class RebirthTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    [Statement(
        "operational-behavior-data-commands-rebirth-action-2", "operational-behavior-data-commands-rebirth-action-3", "operational-behavior-data-commands-ncmd-rebirth-name",
        "operational-behavior-data-commands-ncmd-rebirth-value", "operational-behavior-data-commands-ncmd-rebirth-verb", "topics-nbirth-bdseq-matching", "topics-nbirth-seq-num")]
    public async Task Host_that_asks_gets_all_births_with_the_same_number_of_deaths(MqttVersion version)
    {
        await using var stage = new EdgeStage(version);
        using (var first = await stage.Bear(Stop)) { }
        using var line = await stage.Bear(Stop);
        await stage.Publish("", EdgeStage.Datum(1, 0));
        await line.AskRebirth(Stop);

        var said = await line.Take(4, Stop);
        said.Select(message => $"{message.Verb} {message.Payload.Sequence}").ShouldBe(["NDATA 3", "NBIRTH 0", "DBIRTH 1", "DBIRTH 2"]);
        (said[1]["bdSeq"].Value.Bits, line.Connect.Number).ShouldBe((1ul, 1ul));
        (await stage.Until(standing => standing.Births == 3 && standing.Birth == 3, Stop)).RebirthRequests.ShouldBe(1);
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("operational-behavior-data-commands-rebirth-action-1", "payloads-ndata-order", "payloads-ddata-order")]
    public async Task Host_that_asks_gets_no_data_until_the_births()
    {
        var clock = new ManualTime();
        await using var stage = new EdgeStage(with: options => options with { BirthSpread = TimeSpan.FromSeconds(10), Random = new Fixed(0.5) }, time: clock);
        using var line = await stage.Admit(2, Stop);
        (await RunningBroker.Meanwhile(clock, TimeSpan.FromSeconds(1), line.Take(3, Stop))).Length.ShouldBe(3);
        await stage.Until(standing => standing.Phase == SparkplugPhase.Born, Stop);

        await line.AskRebirth(Stop);
        await stage.Until(standing => standing.Phase == SparkplugPhase.Spreading, Stop);
        (await stage.Edge.Publish(1, "", new[] { EdgeStage.Datum(1, 0) }, Stop)).ShouldBe(SparkplugSent.NotBorn);

        (await RunningBroker.Meanwhile(clock, TimeSpan.FromSeconds(1), line.Take(1, Stop)))[0].Verb.ShouldBe("NBIRTH");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Births_are_spread_over_the_time_given()
    {
        var clock = new ManualTime();
        await using var stage = new EdgeStage(with: options => options with { BirthSpread = TimeSpan.FromSeconds(60), Random = new Fixed(0.75) }, time: clock);
        using var line = await stage.Admit(2, Stop);
        await stage.Until(standing => standing.Phase == SparkplugPhase.Spreading, Stop);
        var began = clock.GetUtcNow();

        var birth = (await RunningBroker.Meanwhile(clock, TimeSpan.FromSeconds(1), line.Take(1, Stop)))[0];
        SparkplugTime.TryRead(birth.Payload.Timestamp.GetValueOrDefault(), out var at).ShouldBeTrue();
        (at - began).ShouldBeInRange(TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(60));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Requests_without_end_are_answered_three_times_and_then_every_ten_seconds()
    {
        var clock = new ManualTime();
        await using var stage = new EdgeStage(time: clock);
        using var line = await stage.Bear(Stop);
        for (var birth = 2; birth <= 4; birth++)
        {
            await line.AskRebirth(Stop);
            (await line.Take(3, Stop))[0].Verb.ShouldBe("NBIRTH");
            await stage.Until(standing => standing.Birth == birth, Stop);
        }

        for (var i = 0; i < 200; i++)
            await line.AskRebirth(Stop);
        while (stage.Edge.Standing.RebirthRequests < 203)
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Stop);
        (await stage.Publish("", EdgeStage.Datum(1, 42))).ShouldBe(SparkplugSent.Sent);
        (await line.Take(1, Stop))[0].Verb.ShouldBe("NDATA");

        clock.Advance(TimeSpan.FromSeconds(9.9));
        stage.Edge.Standing.Birth.ShouldBe(4);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        (await line.Take(3, Stop))[0].Verb.ShouldBe("NBIRTH");
        await stage.Until(standing => standing.Birth == 5, Stop);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Requests_all_at_once_are_few_births()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        for (var i = 0; i < 500; i++)
            await line.AskRebirth(Stop);
        while (stage.Edge.Standing.RebirthRequests < 500)
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Stop);

        stage.Edge.Standing.Births.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Own_wish_ends_the_birth_at_once_and_tells_what_is_new()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        stage.Birth = new([EdgeStage.Metric("Other", 5, SparkplugType.Int32, SparkplugScalar.Of(1))], []);

        stage.Edge.Rebirth();
        (await stage.Edge.Publish(1, "", new[] { EdgeStage.Datum(1, 0) }, Stop)).ShouldBe(SparkplugSent.NotBorn);

        (await line.Take(1, Stop))[0].Payload.Metrics[0].Alias.ShouldBe(5ul);
        await stage.Until(standing => standing.Birth == 2, Stop);
        (await stage.Publish("", EdgeStage.Datum(1, 0))).ShouldBe(SparkplugSent.Refused);
        (await stage.Publish("", new SparkplugDatum(5, SparkplugScalar.Of(2), EdgeStage.At))).ShouldBe(SparkplugSent.Sent);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Many_wishes_from_many_sides_end_in_a_birth_that_takes_data()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        var reading = line.Take(int.MaxValue, Stop);
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                for (var i = 0; i < 20; i++)
                    stage.Edge.Rebirth();
            })).Append(line.AskRebirth(Stop)));
            while (await stage.Publish("", EdgeStage.Datum(1, round)) != SparkplugSent.Sent)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Stop);
        }

        await stage.Stop();
        await Should.ThrowAsync<InvalidOperationException>(reading);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Server_that_goes_amid_the_births_gets_all_of_them_next_time(int taken)
    {
        await using var stage = new EdgeStage();
        using (var line = await stage.Admit(2, Stop))
            await line.Take(taken, Stop);

        using var next = await stage.Bear(Stop);
        next.Births.Select(said => said.Payload.Sequence).ShouldBe([(byte?)0, (byte?)1, (byte?)2]);
        next.Connect.Number.ShouldBe(1ul);
    }

    private sealed class Fixed(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
