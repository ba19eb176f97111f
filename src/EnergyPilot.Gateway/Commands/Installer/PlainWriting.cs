using System.Text;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.Gpio;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Sets an output that is no register: a message to a broker, or a line of a GPIO chip.</summary>
/// <param name="hold">How long a line keeps its level.</param>
internal sealed class PlainWriting(Wish wish, TimeSpan hold)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50), UsualConnecting = TimeSpan.FromSeconds(5);

    public Task<int> Run(bool confirmed, CancellationToken stop) => wish.Point.Type.Where switch
    {
        MessageSelector message => Publish(message, confirmed, stop),
        LineSelector { Use: LineUse.Relay } => Drive(confirmed, stop),
        _ => throw VerbTrouble.Asked($"{wish.Name} cannot be written."),
    };

    private async Task<int> Publish(MessageSelector where, bool confirmed, CancellationToken stop)
    {
        var topic = $"{wish.Device.Address}/{where.Command.Topic}";
        var payload = where.Command.Payload.Replace(CommandMessage.Value, MessageWords.Of(wish.Point, where, wish.Value / wish.Point.Factor), StringComparison.Ordinal);
        Console.WriteLine($"{wish.Name}, {wish.Shown}, on {wish.Target.Bus.Where}");
        Console.WriteLine($"topic:    {topic}");
        Console.WriteLine($"message:  {payload}");
        if (!confirmed)
        {
            Console.WriteLine(Wish.Unconfirmed);
            return 0;
        }

        await using var line = new MqttMessageLine(FieldBuses.Broker(PolledReader.Client(), wish.Target.Bus), TimeProvider.System);
        line.Listen([], (_, _, _, _) => { });
        await Connected(line, stop);
        if (!await line.Publish(MqttTopic.Parse(topic), Encoding.UTF8.GetBytes(payload), wish.Target.Bus.Deadline, stop))
            throw VerbTrouble.Field($"{wish.Target.Bus.Where} did not take the message within {wish.Target.Bus.Deadline.TotalSeconds:0.#} s.");
        Console.WriteLine("Sent; the broker has it. A sleeping device takes it when it wakes: \"energypilot watch\" shows when it says so.");
        wish.Remind();
        return 0;
    }

    private async Task Connected(MqttMessageLine line, CancellationToken stop)
    {
        var (began, patience) = (TimeProvider.System.GetTimestamp(), TimeSpan.FromTicks(Math.Max(UsualConnecting.Ticks, wish.Target.Bus.Deadline.Ticks)));
        using var moment = new PeriodicTimer(Moment);
        while (line.Trouble.Length > 0)
        {
            if (TimeProvider.System.GetElapsedTime(began) > patience) throw VerbTrouble.Field($"{wish.Target.Bus.Where}: {line.Trouble.TrimEnd('.')}. Nothing was written.");
            await moment.WaitForNextTickAsync(stop);
        }
    }

    private async Task<int> Drive(bool confirmed, CancellationToken stop)
    {
        var energised = (wish.Value >= 0.5) == (wish.Point.Wiring == Wiring.NormallyOpen);
        Console.WriteLine($"{wish.Name}: {wish.Shown} ({(energised ? "energised" : "released")}) on line {wish.Device.Address} of {wish.Target.Bus.Where}, for {hold.TotalSeconds:0.#} s");
        if (!confirmed)
        {
            Console.WriteLine(Wish.Unconfirmed);
            return 0;
        }

        try
        {
            using var board = new LinuxGpioBoard(wish.Target.Bus.Where);
            var line = int.Parse(wish.Device.Address, System.Globalization.CultureInfo.InvariantCulture);
            var safe = (wish.Point.Type.Safe >= 0.5) == (wish.Point.Wiring == Wiring.NormallyOpen);
            board.OpenOutput(line, new GpioOutput(GpioPolarity.ActiveHigh, safe ? GpioLevel.Active : GpioLevel.Inactive));
            if (!board.TryWrite(line, energised ? GpioLevel.Active : GpioLevel.Inactive)) throw VerbTrouble.Field($"Line {line} of {wish.Target.Bus.Where} did not take its level.");
            Console.WriteLine("Set. Ctrl-C ends earlier.");
            await Task.Delay(hold, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (IOException e)
        {
            throw VerbTrouble.Field($"{e.Message} When the gateway holds the line, stop it first (systemctl stop energypilot).");
        }

        Console.WriteLine("Back at its safe level.");
        return 0;
    }
}
