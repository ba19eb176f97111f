using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>A silent server, on a clock that only the test moves.</summary>
public sealed class KeepAliveTests : IDisposable
{
    private const string Accepted = "2003000000";

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(40);

    private readonly ManualTime time = new();
    private readonly FakeBroker broker = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MqttOptions Options => new() { Host = "127.0.0.1", Port = broker.Port, ClientId = "c", KeepAlive = KeepAlive };

    public void Dispose() => broker.Dispose();

    [Fact(Timeout = Patience.Hang)]
    public async Task Silent_server_is_left_after_1_5_times_the_keep_alive_time_at_most()
    {
        await using var client = new RunningClient(Options, time);
        using var line = await broker.Greet(Accepted, Stop);
        await client.UntilConnected(Stop);
        var silent = TimeSpan.Zero;
        var seen = client.UntilFault(MqttFault.PingTimeout, Stop);

        for (; silent < KeepAlive; silent += KeepAlive / 4)
            await Pass(KeepAlive / 4);
        (await Meanwhile(line.Next(Stop))).ShouldBe("C000");
        await Pass(KeepAlive / 2);

        (await Meanwhile(seen)).LastFaultText.ShouldContain("silent for");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Wall_clock_that_jumps_ends_nothing()
    {
        await using var client = new RunningClient(Options, time);
        using var line = await broker.Greet(Accepted, Stop);
        await client.UntilConnected(Stop);

        foreach (var year in new[] { 1970, 2040, 1999 })
        {
            time.Jump(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero));
            await Pass(KeepAlive / 4);
            await Pass(KeepAlive / 4);
            (await Meanwhile(line.Next(Stop))).ShouldBe("C000");
            await line.Say("D000 300400016100", Stop);
            await client.NextMessage(Stop);
        }

        client.Client.Connection.Phase.ShouldBe(MqttPhase.Connected);
        client.Client.Connection.LastFault.ShouldBe(MqttFault.None);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Server_that_only_talks_is_pinged_so_that_it_hears_something()
    {
        await using var client = new RunningClient(Options, time);
        using var line = await broker.Greet(Accepted, Stop);
        await client.UntilConnected(Stop);

        for (var i = 0; i < 3; i++)
        {
            await line.Say("300400016100", Stop);
            await client.NextMessage(Stop);
            await Pass(KeepAlive / 4);
        }

        (await Meanwhile(line.Next(Stop))).ShouldBe("C000");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Server_that_does_not_answer_CONNECT_is_left_at_the_deadline()
    {
        await using var client = new RunningClient(Options, time);
        using var line = await broker.Accept(Stop);
        await line.Next(Stop);

        time.Advance(Options.Deadline);

        await client.UntilFault(MqttFault.Timeout, Stop);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Server_wants_another_keep_alive_time()
    {
        await using var client = new RunningClient(Options, time);
        using var line = await broker.Greet("2006000003130004", Stop);
        await client.UntilConnected(Stop);

        await Pass(TimeSpan.FromSeconds(1));
        await Pass(TimeSpan.FromSeconds(1));

        (await Meanwhile(line.Next(Stop))).ShouldBe("C000");
    }

    // The loops run on their own threads: after each step they get the chance to look at the clock before it moves on.
    private async Task Pass(TimeSpan by)
    {
        time.Advance(by);
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
    }

    // On a busy machine a loop may set its timer after the clock has moved: the clock goes on until it is heard.
    private async Task<T> Meanwhile<T>(Task<T> awaited)
    {
        while (!awaited.IsCompleted)
            await Pass(KeepAlive / 8);
        return await awaited;
    }
}
