using System.Globalization;
using System.Text.Json;
using EnergyPilot.Benchmarks.Delivery;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Benchmarks.Uplink;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace EnergyPilot.Benchmarks;

/// <summary>
/// The claims: fourteen days of a school of 200 points are with the city in under two minutes, while a sample that is taken now arrives within a second;
/// messages of QoS 1 beside Eclipse Paho and mosquitto_pub against the same mosquitto.
/// </summary>
internal static class UplinkBenchmark
{
    public const string GatewayVerb = "uplink-backfill";

    public static async Task<int> Run(Effort effort)
    {
        if (!PublishRace.HasPeers)
        {
            Console.Error.WriteLine("Install the Debian packages mosquitto, mosquitto-clients and python3-paho-mqtt.");
            return 1;
        }

        await using var broker = await MosquittoUnderFire.Start(CancellationToken.None);
        var race = await Race(broker.Port, effort);
        var folder = Directory.CreateTempSubdirectory("energypilot-backfill-").FullName;
        try
        {
            var days = effort == Effort.Quick ? 1 : 14;
            BackfillGateway.Prepare(folder, days);
            var backfill = await new Backfill(broker.Port, folder, LastSequence(folder)).Run(CancellationToken.None);
            Show(days, backfill);
            var worst = backfill.Delays.DefaultIfEmpty(0).Max();
            Console.WriteLine(JsonSerializer.Serialize(new { qos1_ratio_to_paho = Math.Round(race, 2), backfill_s = Math.Round(backfill.Seconds, 1), live_delay_ms = Math.Round(worst) }));
            return backfill.Seconds < 120 && worst < 1000 ? 0 : 2;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> Race(int port, Effort effort)
    {
        var (rounds, messages) = effort == Effort.Quick ? (3, 10_000) : (7, 40_000);
        var table = new Table().AddColumns("window", "ours/s", "paho/s", "mosquitto_pub/s", "ours to paho", "ours: bytes allocated each");
        var ratio = 0.0;
        foreach (var window in new[] { 1, 20 })
        {
            var figures = await new PublishRace(port, rounds, window == 1 ? messages / 4 : messages).Run(window, CancellationToken.None);
            table.AddRow([.. new[] { window, figures.Ours, figures.Paho, figures.MosquittoPub }.Select(n => Text(n, "0")), Text(figures.Ratio, "0.00"), Text(figures.Bytes, "0.0")]);
            ratio = figures.Ratio;
        }

        AnsiConsole.Write(table);
        return ratio;
    }

    private static void Show(int days, BackfillFigures backfill)
    {
        var sorted = backfill.Delays.Order().ToArray();
        var table = new Table().HideHeaders().AddColumns("", "");
        foreach (var (name, value) in new[]
        {
            ("days", Text(days, "0")), ("samples", Text(backfill.Samples, "0")), ("seconds until all were acknowledged", Text(backfill.Seconds, "0.0")), ("samples a second", Text(backfill.Samples / backfill.Seconds, "0")),
            ("bytes on the line", Text(backfill.WireBytes, "0")), ("  per sample", Text(backfill.WireBytes / (double)backfill.Samples, "0.0")), ("samples that came again", Text(backfill.Again, "0")), ("stalls", Text(backfill.Stalls, "0")),
            ("live cycles meanwhile", Text(sorted.Length, "0")), ("  delay, median [ms]", Text(sorted.ElementAtOrDefault(sorted.Length / 2), "0")), ("  delay, worst [ms]", Text(sorted.LastOrDefault(), "0")),
            ("gateway: resident before, most [MB]", $"{Text(backfill.ResidentMb, "0.0")}, {Text(backfill.PeakMb, "0.0")}"), ("gateway: allocated per sample [bytes]", Text(backfill.Allocated, "0")),
            ("gateway: processor time [s]", Text(backfill.ProcessorSeconds, "0.0")),
        }) table.AddRow(Markup.Escape(name), Markup.Escape(value));
        AnsiConsole.Write(table);
    }

    private static long LastSequence(string folder)
    {
        using var store = Store.Open(folder, new SteppedClock(StoreFile.LastTime(Path.Combine(folder, Store.FileName))), NullLogger.Instance);
        return store.Samples.LastSequence;
    }

    private static string Text(double number, string format) => double.IsNaN(number) ? "–" : number.ToString(format, CultureInfo.InvariantCulture);
}
