using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace EnergyPilot.Tests.Gateway.Hosting;

/// <summary>Between the control and the card: nothing that the card does is felt by the control.</summary>
public sealed class RecordKeeperTests
{
    private const int Room = 60;
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    private readonly List<string> kept = [];
    private readonly ManualTime time = new();
    private readonly LogLines log = new();

    [Fact(Timeout = Patience.Hang)]
    public async Task Cycles_are_written_in_their_order_and_all_of_them_before_the_end()
    {
        await using (var keeper = Keeper(Keep))
            for (var n = 0; n < Room; n++)
                keeper.Take(Cycle(n));

        kept.ShouldBe(Enumerable.Range(0, Room).Select(n => $"{n}"));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Card_that_hangs_holds_nobody_up_and_what_finds_no_place_is_counted_oldest_first()
    {
        using var card = new ManualResetEventSlim();
        using var hangs = new ManualResetEventSlim();
        var keeper = new RecordKeeper(record =>
        {
            hangs.Set();
            card.Wait();
            Keep(record);
        }, time, log) { AfterLoss = () => kept.Add("after a loss") };
        keeper.Take(Cycle(0));
        hangs.Wait(TestContext.Current.CancellationToken);

        for (var n = 1; n <= Room + 25; n++) keeper.Take(Cycle(n));

        keeper.Lost.ShouldBe(25);
        keeper.IsLate.ShouldBeTrue();
        log.All.Where(l => l.Level == LogLevel.Error).ShouldHaveSingleItem().Text.ShouldContain("the control goes on");
        card.Set();
        await keeper.DisposeAsync();
        kept.ShouldBe([$"{0}", "after a loss", .. Enumerable.Range(26, Room).Select(n => $"{n}")]);
        keeper.IsLate.ShouldBeFalse();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Defect_in_what_is_kept_costs_its_cycle_and_is_told()
    {
        await using (var keeper = Keeper(record =>
        {
            if (Number(record) == 1) throw new InvalidOperationException("a defect");
            Keep(record);
        }))
            for (var n = 0; n < 3; n++)
                keeper.Take(Cycle(n));

        kept.ShouldBe(["0", "2"]);
        log.All.ShouldHaveSingleItem().Level.ShouldBe(LogLevel.Error);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Errand_is_done_between_the_cycles_that_it_came_between()
    {
        await using (var keeper = Keeper(Keep))
        {
            keeper.Take(Cycle(0));
            keeper.Then(() => kept.Add("errand"));
            keeper.Take(Cycle(1));
        }

        kept.ShouldBe(["0", "errand", "1"]);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Errand_is_not_lost_with_the_cycles_around_it()
    {
        using var card = new ManualResetEventSlim();
        using var hangs = new ManualResetEventSlim();
        var keeper = Keeper(record =>
        {
            hangs.Set();
            card.Wait();
            Keep(record);
        });
        keeper.Take(Cycle(0));
        hangs.Wait(TestContext.Current.CancellationToken);
        keeper.Then(() => kept.Add("errand"));

        for (var n = 1; n <= Room + 5; n++) keeper.Take(Cycle(n));
        card.Set();
        await keeper.DisposeAsync();

        kept[..3].ShouldBe(["0", "errand", "6"]);
        keeper.Lost.ShouldBe(5, "an errand is no cycle");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Card_that_hangs_for_good_does_not_keep_the_service_from_ending()
    {
        using var card = new ManualResetEventSlim();
        using var hangs = new ManualResetEventSlim();
        var keeper = Keeper(_ =>
        {
            hangs.Set();
            card.Wait();
        });
        keeper.Take(Cycle(0));
        keeper.Take(Cycle(1));
        hangs.Wait(TestContext.Current.CancellationToken);

        var end = keeper.DisposeAsync().AsTask();
        end.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(16));
        await end;

        log.All.ShouldHaveSingleItem().Text.ShouldContain("1 cycles are left unwritten");
        card.Set();
    }

    private RecordKeeper Keeper(Action<CycleRecord> keep) => new(keep, time, log);

    private void Keep(CycleRecord record) => kept.Add($"{Number(record)}");

    private static CycleRecord Cycle(int n) => School.Decided(School.Nothing(Start.AddSeconds(10 * n)));

    private static int Number(CycleRecord record) => (int)((record.Decision.At - Start).TotalSeconds / 10);
}
