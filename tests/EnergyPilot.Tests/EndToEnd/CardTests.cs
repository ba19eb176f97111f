using System.Net;
using System.Text.RegularExpressions;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Core.Sites;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The real program on a card that lets it down: the school is heated all the same, people are told, and it comes back by itself.</summary>
public sealed class CardTests : IDisposable
{
    private const int TryAgain = 75;
    private const string NotWritten = "The history cannot be written", Missing = "The data folder cannot be used", SetAside = "A damaged database was set aside";

    private readonly string site = Path.Combine(Directory.CreateTempSubdirectory("energypilot-site-").FullName, "school.yaml");

    // No bus of it is there: what this is about is the card.
    public CardTests() => File.WriteAllText(site, SchoolFiles.Demo.Text
        .Replace("192.168.10.20:502", "127.0.0.1:9", StringComparison.Ordinal)
        .Replace("where: /sys/bus/w1/devices", "where: /nowhere/w1", StringComparison.Ordinal)
        .Replace("/dev/gpiochip0", "/dev/gpiochip99", StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(site) ?? "", recursive: true);

    [Fact(Timeout = Patience.Hang)]
    public async Task Full_card_is_told_on_the_page_and_in_metrics_and_is_written_again_when_there_is_room()
    {
        using var card = new SmallCard(12);
        await using var gateway = await GatewayProcess.ServingFrom(card.Data, "run", site);
        (await Page(gateway)).ShouldNotContain(NotWritten);

        card.Fill();
        while (!(await Page(gateway)).Contains(NotWritten, StringComparison.Ordinal)) await AMoment();
        (await Get(gateway, "/metrics")).ShouldContain("energypilot_alarms{severity=\"warning\"}");
        var during = await Cycle(gateway);
        while (await Cycle(gateway) == during) await AMoment();

        card.MakeRoom();
        while ((await Page(gateway)).Contains(NotWritten, StringComparison.Ordinal)) await AMoment();
        await gateway.Until(Again());
        gateway.Kill();
        using var store = Store.Open(card.Data, TimeProvider.System, NullLogger.Instance);
        store.SetAside.ShouldBeEmpty();
        store.Samples.LastSequence.ShouldBeGreaterThan(0);
        store.Alarms.History(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue).ShouldContain(a => a.Alarm.Reason.Code == EnergyPilot.Core.Control.ReasonCode.HistoryNotWritten, "and it is in the history of alarms");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Card_that_turns_read_only_is_told_and_costs_no_cycle()
    {
        using var card = new SmallCard(12);
        await using var gateway = await GatewayProcess.ServingFrom(card.Data, "run", site);
        using (var store = StoreFile.OpenBeside(Path.Combine(card.Data, Store.FileName))) new SettingBook(store, TimeProvider.System).Save("zone/cp", "{}", "Ana");

        // What is open for writing keeps a card from being made read-only; a card that fails turns so all the same. A start finds it like that.
        gateway.Kill();
        card.MakeReadOnly();
        await using var again = await GatewayProcess.ServingFrom(card.Data, "run", site);

        (await Page(again)).ShouldContain(Missing);
        again.Output.ShouldContain("Settings, accounts and what was learned are read from");
        (await Get(again, "/metrics")).ShouldContain("energypilot_alarms{severity=\"critical\"} 1");
        var before = await Cycle(again);
        while (await Cycle(again) == before) await AMoment();
        card.MakeWritable();
        (await again.Ended()).ShouldBe(TryAgain);
        await using var third = await GatewayProcess.ServingFrom(card.Data, "run", site);
        (await Page(third)).ShouldNotContain(Missing);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData("after a power cut"), InlineData("for the first time")]
    public async Task Start_on_a_full_card_heats_without_it_and_keeps_nobody_out_when_there_is_room(string start)
    {
        using var card = new SmallCard(12);
        if (start == "after a power cut")
        {
            await using var before = await GatewayProcess.ServingFrom(card.Data, "run", site);
            before.Kill();
        }

        card.Fill();
        await using var gateway = await GatewayProcess.ServingFrom(card.Data, "run", site);
        var first = await Cycle(gateway);
        while (await Cycle(gateway) == first) await AMoment();
        var isMissing = (await Page(gateway)).Contains(Missing, StringComparison.Ordinal);

        card.MakeRoom();
        if (isMissing) (await gateway.Ended()).ShouldBe(TryAgain);
        else await gateway.Until(Again());
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Damage_while_it_runs_ends_the_service_and_the_next_start_goes_on_with_a_new_database()
    {
        var data = Path.Combine(Path.GetDirectoryName(site) ?? "", "data");
        await using var gateway = await GatewayProcess.ServingFrom(data, "run", site);
        _ = await Page(gateway);

        foreach (var file in (string[])["energypilot.db", "energypilot.db-wal"]) Spoil(Path.Combine(data, file));

        // Whoever looks at a page finds it, else the next commit.
        var end = gateway.Ended();
        while (!end.IsCompleted) await Poke(gateway);
        (await end).ShouldBe(TryAgain, gateway.Output);
        await using var again = await GatewayProcess.ServingFrom(data, "run", site);
        (await Page(again)).ShouldContain(SetAside);
    }

    private static async Task Poke(GatewayProcess gateway)
    {
        try
        {
            await AMoment();
            (await gateway.Http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken)).Dispose();
        }
        catch (HttpRequestException)
        {
            // It has ended meanwhile.
        }
    }

    private static void Spoil(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        var noise = new byte[file.Length];
        new Random(1).NextBytes(noise);
        file.Write(noise);
    }

    private static async Task<string> Page(GatewayProcess gateway) => WebUtility.HtmlDecode(await Get(gateway, "/?lang=en"));

    private static Task<string> Cycle(GatewayProcess gateway) => Get(gateway, "/healthz");

    private static async Task<string> Get(GatewayProcess gateway, string path) =>
        await gateway.Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private static Task AMoment() => Task.Delay(200, TestContext.Current.CancellationToken);

    private static Regex Again() => new("(written again)");
}
