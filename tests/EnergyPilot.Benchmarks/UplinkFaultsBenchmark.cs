using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EnergyPilot.Benchmarks.Uplink;
using Spectre.Console;

namespace EnergyPilot.Benchmarks;

/// <summary>
/// The claim: whatever happens to gateway, line, broker, card and clock, the city has each committed sample exactly once. Fourteen days of a school of 200 points,
/// in which the gateway is killed 200 times.
/// </summary>
internal static class UplinkFaultsBenchmark
{
    public const string GatewayVerb = "uplink-gateway";

    public static async Task<int> Run(Effort effort)
    {
        var plan = new FaultPlan(20_261_122, effort == Effort.Quick ? 1 : 14, effort == Effort.Quick ? 0.2 : 1, effort == Effort.Quick ? 10 : 200) { Gateway = Gateway };
        await using var broker = await MosquittoUnderFire.Start(CancellationToken.None);
        using var card = new RamCard();
        FaultOutcome? outcome = null;
        await AnsiConsole.Progress().StartAsync(async progress =>
        {
            var task = progress.AddTask("gateway killed", maxValue: plan.Kills);
            outcome = await new FaultRun(plan with { Progress = kill => task.Value = kill }, broker, card).Run(CancellationToken.None);
            task.Value = plan.Kills;
        });
        if (outcome is null) return 1;
        Console.WriteLine(outcome);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            kills = outcome.Kills, lost = outcome.Lost, doubled = outcome.Doubled, disordered = outcome.Disordered, energy_wh = outcome.EnergyWh, samples = outcome.Samples, again = outcome.Again,
        }));
        return outcome is { Lost: 0, Doubled: 0, Disordered: 0, EnergyWh: < 0.001 } ? 0 : 1;
    }

    private static Process Gateway(FireOrders orders) => Process.Start(new ProcessStartInfo("dotnet", [typeof(UplinkFaultsBenchmark).Assembly.Location, GatewayVerb, .. orders.Arguments])
    {
        RedirectStandardOutput = true,
    }) ?? throw new InvalidOperationException("No process.");
}
