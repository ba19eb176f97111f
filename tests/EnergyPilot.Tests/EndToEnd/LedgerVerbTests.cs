using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Core.Legal;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Storage;

namespace EnergyPilot.Tests.EndToEnd;

public sealed class LedgerVerbTests : IDisposable
{
    private static readonly string Demo = Path.Combine(SchoolFiles.Root, "config/sites/lucie-aubrac.yaml");
    private readonly StoreFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Ledger_prints_each_day_and_each_excess_with_its_reason_while_the_gateway_runs()
    {
        using var store = folder.Open();
        for (var at = LedgerWorld.Paris("2026-11-07 12:00"); at <= LedgerWorld.Paris("2026-11-09 12:00"); at = at.AddMinutes(1))
            store.Ledger.Append(new CycleRecord(LedgerWorld.Site, new(at, new Dictionary<EnergyPilot.Core.Points.PointId, EnergyPilot.Core.Points.Reading>(), []), LedgerWorld.Decision(LedgerWorld.Site, at, z => Says(z.Id.Name, at))));
        store.Ledger.Save();
        var csv = Path.Combine(folder.Path, "ledger.csv");

        var (code, output) = await GatewayProcess.Ran("ledger", Demo, "--data", folder.Path, "--from", "2026-11-08", "--csv", csv);

        code.ShouldBe(0, output);
        output.ShouldContain("R.241-26");
        output.ShouldContain("R.241-27");
        output.ShouldMatch(@"2026-11-08 +24 h +not in use +12\.00");
        output.ShouldMatch(@"2026-11-08 10:00 +2026-11-08 12:00 +Classe 1 \(CP\) +8\.00 +\+4\.0 K +8\.0 +set by hand by Nadia: =1\+1, répétition");
        output.ShouldMatch(@"2026-11-09 .* 17\.83 +19\.00 +kept");
        output.ShouldNotContain("2026-11-07");
        var lines = await File.ReadAllLinesAsync(csv, TestContext.Current.CancellationToken);
        lines.Length.ShouldBe(1 + 2 * 13);
        lines.Count(l => l.Contains("\"2026-11-08 10:00 to 2026-11-08 12:00 set by hand by Nadia: =1+1, répétition\"", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_without_a_ledger_is_a_sentence()
    {
        var (code, output) = await GatewayProcess.Ran("ledger", Demo, "--data", folder.Path);
        code.ShouldBe(2);
        output.ShouldContain("cannot be read");
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Days_in_the_wrong_order_are_a_sentence()
    {
        var (code, output) = await GatewayProcess.Ran("ledger", Demo, "--data", folder.Path, "--from", "2026-11-09", "--to", "2026-11-08");
        code.ShouldBe(1, output);
        output.ShouldContain("--from 2026-11-09 is later than --to 2026-11-08");
    }

    private static Said Says(string zone, DateTimeOffset at) => at > LedgerWorld.Paris("2026-11-09 08:00") ? new Said(18, 0.5) { Setpoint = 19 }
        : zone == "cp" && at > LedgerWorld.Paris("2026-11-08 10:00") && at <= LedgerWorld.Paris("2026-11-08 12:00")
            ? new Said(12, 0.5) { Priority = Priority.Operator, Setpoint = 20, Reason = Reason.Of(ReasonCode.OverrideByHand, Fact.Of("by", "Nadia"), Fact.Of("note", "=1+1, répétition")) }
            : new Said(12, 0);
}
