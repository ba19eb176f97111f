using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using EnergyPilot.Core.Devices;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.Json;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Listens to a broker for a while: topics, the keys in their messages, and the models that read such messages.</summary>
internal static class MqttScan
{
    private const int MostTopics = 1000, LongestMessage = 64 * 1024, ShownKeys = 12, ShownText = 60;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100), Connecting = TimeSpan.FromSeconds(5);

    public static async Task<int> Run(Target target, TimeSpan span, CancellationToken stop)
    {
        var heard = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            await Listen(target, span, heard, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted; so far:");
        }

        (string Topic, byte[] Message)[] topics;
        lock (heard) topics = [.. heard.Select(h => (h.Key, h.Value)).OrderBy(h => h.Key, StringComparer.Ordinal)];
        if (topics.Length > 0)
            new Sheet(["topic", "keys", "models that fit", "site file"], [.. topics.Select(t => (ImmutableArray<string>)
                [Clean(t.Topic), Keys(t.Message), Fitting(target, t.Message), string.Join(", ", target.Devices.Where(d => t.Topic == d.Address || t.Topic.StartsWith(d.Address + "/", StringComparison.Ordinal)).Select(d => d.Id)) is { Length: > 0 } ids ? ids : ValueText.None])]).Print();
        Console.WriteLine($"{(topics.Length == 0 ? "No message" : topics.Length == 1 ? "1 topic" : $"{topics.Length} topics")} on {target.Bus.Where} in {span.TotalSeconds:0.#} s.{(topics.Length == 0 ? " Battery devices speak every few minutes: listen longer with --listen 10min." : "")}");
        return topics.Length > 0 ? 0 : 2;
    }

    private static async Task Listen(Target target, TimeSpan span, Dictionary<string, byte[]> heard, CancellationToken stop)
    {
        await using var line = new MqttMessageLine(FieldBuses.Broker(PolledReader.Client(), target.Bus), TimeProvider.System);
        line.Listen([MqttFilter.Parse("#")], (topic, payload, _, _) =>
        {
            lock (heard)
                if (heard.Count < MostTopics || heard.ContainsKey(topic)) heard[topic] = payload[..Math.Min(payload.Length, LongestMessage)].ToArray();
        });
        await Bar.During($"{target.Name}: listening", async report =>
        {
            var began = TimeProvider.System.GetTimestamp();
            using var moment = new PeriodicTimer(Moment);
            // The time to listen begins when there is somebody to listen to.
            while (line.Trouble.Length > 0 && await moment.WaitForNextTickAsync(stop))
            {
                if (TimeProvider.System.GetElapsedTime(began) > Connecting) throw Unheard(target, line.Trouble);
            }

            began = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(began) is var gone && gone < span && await moment.WaitForNextTickAsync(stop))
            {
                lock (heard) report(gone / span, $"{target.Name}: {heard.Count} topics");
            }

            lock (heard)
                if (line.Trouble is { Length: > 0 } trouble && heard.Count == 0) throw Unheard(target, trouble);
        });
    }

    private static VerbTrouble Unheard(Target target, string trouble) => VerbTrouble.Field(
        $"{target.Bus.Where}: {trouble.TrimEnd('.')}. Check address and port, and whether the broker wants an account (a bus of the site file has user and password-file).");

    /// <summary>The names in a message; of one that is no object, its beginning.</summary>
    private static string Keys(byte[] message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                string[] names = [.. json.RootElement.EnumerateObject().Select(p => Clean(p.Name))];
                return string.Join(' ', names.Take(ShownKeys)) + (names.Length > ShownKeys ? $" and {names.Length - ShownKeys} more" : "");
            }
        }
        catch (JsonException)
        {
            // Any text may be sent.
        }

        return $"= {Clean(Encoding.UTF8.GetString(message))}";
    }

    private static string Fitting(Target target, byte[] message)
    {
        var fitting = Models.Of(target).Where(m => Fits(m, message)).OrderByDescending(m => m.Points.Length).Select(m => m.Id).Take(3).ToArray();
        return fitting.Length > 0 ? string.Join(", ", fitting) : ValueText.None;
    }

    // Devices do not say everything each time; a model that finds half of its own is a candidate.
    private static bool Fits(DeviceType model, byte[] message)
    {
        var paths = model.Points.Where(p => p.Access != Access.Write).Select(p => p.Where).OfType<MessageSelector>().Select(w => w.Path).ToArray();
        return paths.Length > 0 && 2 * paths.Count(path => path != "$" && JsonPath.TryParse(path, out var read, out _) && read.Pick(message).Kind is not (JsonKind.Nothing or JsonKind.Malformed)) >= paths.Length;
    }

    // What comes from a network must not steer a terminal.
    private static string Clean(string text) => new([.. text.Take(ShownText).Select(c => char.IsControl(c) ? '?' : c)]);
}
