using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Mqtt.Broker;

namespace EnergyPilot.Tests.Io.Mqtt.Broker;

/// <summary>A broker under test on a free port; a mistake inside it fails the test at its end.</summary>
internal sealed class RunningBroker : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Channel<MqttBrokerNote> notes = Channel.CreateUnbounded<MqttBrokerNote>();
    private readonly List<string> failures = [];
    private readonly Task running;

    public RunningBroker(MqttBrokerOptions? options = null, TimeProvider? time = null)
    {
        options ??= new MqttBrokerOptions();
        var tls = options.Listeners[0].Tls;
        Broker = MqttBroker.Open(options with { Listeners = [new MqttListener(new IPEndPoint(IPAddress.Loopback, 0), tls)] }, time ?? TimeProvider.System);
        Broker.Noted += note =>
        {
            notes.Writer.TryWrite(note);
            if (note.Event == MqttBrokerEvent.Failed)
                lock (failures)
                    failures.Add(note.Text);
        };
        running = Broker.Run(ending.Token);
    }

    public MqttBroker Broker { get; }

    public int Port => Broker.EndPoints[0].Port;

    public MqttBrokerFigures Figures => Broker.Figures;

    public MqttOptions To => new() { Host = "127.0.0.1", Port = Port };

    public static RunningBroker With(MqttBrokerLimits limits, TimeProvider? time = null) => new(new MqttBrokerOptions { Limits = limits }, time);

    /// <summary>A connection on which the test writes every byte.</summary>
    public async Task<FakeBroker.Line> Dial(CancellationToken stop)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, stop);
        return new FakeBroker.Line(client);
    }

    /// <summary>The same, let in; CONNACK must say whether there is a session.</summary>
    public async Task<FakeBroker.Line> Dial(string connect, CancellationToken stop, int present = 0)
    {
        var line = await Dial(stop);
        await line.Say(connect, stop);
        (await line.Next(stop))[4..8].ShouldBe($"0{present}00");
        return line;
    }

    public async Task<MqttBrokerNote> Until(MqttBrokerEvent what, CancellationToken stop)
    {
        while (true)
            if (await notes.Reader.ReadAsync(stop) is var note && note.Event == what)
                return note;
    }

    /// <summary>
    /// Lets the clock go on until this has come: on a busy machine a loop may look at the clock after it has moved.
    /// </summary>
    public static async Task<T> Meanwhile<T>(ManualTime time, TimeSpan step, Task<T> awaited)
    {
        while (!awaited.IsCompleted)
        {
            time.Advance(step);
            await Task.WhenAny(awaited, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        return await awaited;
    }

    /// <summary>Waits for what other threads are about to do.</summary>
    public async Task Until(Func<MqttBrokerFigures, bool> condition, CancellationToken stop)
    {
        while (!condition(Figures))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, stop);
    }

    /// <summary>Stops it.</summary>
    public async Task Stop()
    {
        await ending.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Broker.Dispose();
        ending.Dispose();
        failures.ShouldBeEmpty();
    }
}
