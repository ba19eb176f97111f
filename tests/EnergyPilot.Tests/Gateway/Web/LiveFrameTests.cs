using System.Net;
using System.Text.Json;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Simulation;
using EnergyPilot.Simulation.Weather;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>What goes over the wire: drawn once for all who watch, and small.</summary>
public sealed class LiveFrameTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watchers_of_a_page_share_what_is_drawn()
    {
        await using var host = await PageHost.Start(Stop);
        var (frames, french) = (host.Service<LiveFrames>(), Language.All["fr"]);
        var cycle = SampleSchool.Cycle(SampleSchool.Monday0612);
        var drawn = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => frames.Of(cycle, french, ""))));
        drawn.Distinct().Count().ShouldBe(1);
        (await frames.Of(cycle, french, "zone/cp")).ShouldNotBeSameAs(drawn[0]);
        (await frames.Of(cycle, Language.All["en"], "")).ShouldNotBeSameAs(drawn[0]);
        (await frames.Of(cycle, french, "")).ShouldBeSameAs(drawn[0]);
    }

    [Fact]
    public async Task Whoever_has_seen_the_cycle_before_gets_the_changes_and_a_newcomer_everything()
    {
        await using var host = await PageHost.Start(Stop);
        var (frames, french) = (host.Service<LiveFrames>(), Language.All["fr"]);
        var before = await frames.Of(SampleSchool.Cycle(SampleSchool.Monday0612), french, "");
        var same = await frames.Of(SampleSchool.Cycle(SampleSchool.Monday0612.AddSeconds(10)), french, "");
        var warmer = await frames.Of(SampleSchool.Cycle(SampleSchool.Monday0612.AddSeconds(20), 0.5), french, "");
        Parts(same.NewsSince(before)).ShouldBeEmpty();
        Parts(warmer.NewsSince(same)).ShouldContain("zone-cp");
        Parts(warmer.NewsSince(same)).ShouldNotContain("plant");
        Parts(warmer.NewsSince(LiveFrame.None)).ShouldBe(["verdict", "alarms", "attention", "plant", "meters", .. SampleSchool.Site.Zones.Select(z => $"zone-{z.Id}")], ignoreOrder: true);
        // Who slept through a cycle misses nothing of it.
        Parts(warmer.NewsSince(before)).ShouldBe(Parts(warmer.NewsSince(same)), ignoreOrder: true);
    }

    [Fact]
    public async Task Devices_are_drawn_again_by_the_same_stream_as_the_school()
    {
        var clock = new SteppedClock(SampleSchool.Monday0612);
        var site = DemoWorld.Site;
        var buses = FieldBuses.InMemory(new VirtualSchool(site, TypicalYear.Uccle, clock, seed: 1), new ProcessImage(site));
        await using var host = await PageHost.Start(Stop);
        host.Field.Show(buses);
        var (frames, english, world) = (host.Service<LiveFrames>(), Language.All["en"], new DemoWorld(19, 5));
        CycleRecord Cycle(int seconds) => new(site, world.At(SampleSchool.Monday0612.AddSeconds(seconds)), world.Decide(SampleSchool.Monday0612.AddSeconds(seconds)));
        host.Live.Show(Cycle(0));

        var first = await frames.Of(Cycle(0), english, "devices");
        await buses.Single(b => b.Bus.Id == "modbus").Poll(clock.GetUtcNow(), Stop);
        var second = await frames.Of(Cycle(10), english, "devices");
        Parts(second.NewsSince(first)).ShouldContain("asked-boiler");
        Parts(second.NewsSince(first)).ShouldNotContain("asked-boiler-fault", "on another bus, which nobody has asked");

        using var visitor = host.Visitor("en");
        var page = await visitor.Text("/devices", Stop);
        page.ShouldContain("data-address=\"/events?page=devices\"");
        Parts(second.NewsSince(LiveFrame.None)).Where(p => !page.Contains($"id=\"{p}\"", StringComparison.Ordinal)).ShouldBeEmpty("every part has its place, else the page would be loaded anew");
        foreach (var bus in buses) await bus.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "gzip", "gzip")]
    [InlineData("/", "br, gzip", "br")]
    [InlineData("/api/v1/zones", "gzip", "gzip")]
    [InlineData("/page.css", "gzip", "gzip")]
    [InlineData("/page.css", "gzip, deflate, br", "br")]
    [InlineData("/page.css", "", "")]
    [InlineData("/events", "gzip, br", "identity")]
    public async Task Answers_are_compressed_and_event_streams_are_not(string path, string accepted, string encoding)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (accepted.Length > 0) request.Headers.Add("Accept-Encoding", accepted);
        using var answer = await visitor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        string.Join(' ', answer.Content.Headers.ContentEncoding).ShouldBe(encoding);
    }

    [Fact]
    public async Task Page_that_does_not_exist_has_no_events()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        (await visitor.GetAsync(new Uri("/events?page=cellar", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static List<string> Parts(string news) => [.. JsonDocument.Parse(news).RootElement.GetProperty("parts").EnumerateObject().Select(p => p.Name)];
}
