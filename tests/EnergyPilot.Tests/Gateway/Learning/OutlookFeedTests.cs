using EnergyPilot.Core.Forecasts;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Tests.Gateway.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnergyPilot.Tests.Gateway.Learning;

/// <summary>Forecasts from a file, and from a real HTTP server on loopback.</summary>
public sealed class OutlookFeedTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 0, 30, 0, TimeSpan.Zero);

    private readonly string path = Path.Combine(Path.GetTempPath(), $"outlook-{Guid.NewGuid():N}.csv");
    private readonly ManualTime time = new();
    private readonly LogLines log = new();
    private WebApplication? server;
    private int asked;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        File.Delete(path);
        if (server is not null) await server.DisposeAsync();
    }

    [Fact]
    public async Task File_is_read_again_when_it_changes()
    {
        using var http = OutlookFeed.Client(TimeSpan.FromSeconds(5));
        var feed = new OutlookFeed(path, http, time, log);
        Write(Hours(4, -3), 1);
        await feed.Look(Now, Stop);
        feed.Outlook.At(Now).Outdoor.ShouldBe(-3);

        Write(Hours(4, -7), 2);
        await feed.Look(Now, Stop);
        feed.Outlook.At(Now).Outdoor.ShouldBe(-7);
        Warnings.ShouldBe(0);
    }

    [Fact]
    public async Task File_that_is_missing_broken_or_too_large_is_told_once_and_what_was_known_runs_out()
    {
        using var http = OutlookFeed.Client(TimeSpan.FromSeconds(5));
        var feed = new OutlookFeed(path, http, time, log);
        await feed.Look(Now, Stop);
        await feed.Look(Now, Stop);
        feed.Outlook.ShouldBeSameAs(Outlook.None);
        Warnings.ShouldBe(1);

        Write(Hours(4, -3), 1);
        await feed.Look(Now, Stop);
        Write("time,outdoorC\nnonsense,1\n", 2);
        await feed.Look(Now, Stop);
        await feed.Look(Now, Stop);
        Warnings.ShouldBe(2);
        log.All[^1].Text.ShouldContain($"{path}:2:1");
        feed.Outlook.At(Now).Outdoor.ShouldBe(-3);
        feed.Outlook.At(Now.AddHours(5)).ShouldBe(OutlookHour.Unknown);

        Write(new string('#', OutlookFile.Longest + 1), 3);
        await feed.Look(Now, Stop);
        Warnings.ShouldBe(3);
        Write(Hours(4, -5), 4);
        await feed.Look(Now, Stop);
        feed.Outlook.At(Now).Outdoor.ShouldBe(-5);
    }

    [Fact]
    public async Task Outlook_of_yesterday_is_told_once()
    {
        using var http = OutlookFeed.Client(TimeSpan.FromSeconds(5));
        var feed = new OutlookFeed(path, http, time, log);
        Write(Hours(4, -3), 1);
        await feed.Look(Now, Stop);
        await feed.Look(Now.AddHours(4), Stop);
        await feed.Look(Now.AddHours(5), Stop);

        Warnings.ShouldBe(1);
        log.All[^1].Text.ShouldContain("its last hour ended at 2026-01-12 04:00 UTC");
        log.All[^1].Text.ShouldContain("the planner takes yesterday's weather, the rules that of now");
    }

    [Fact]
    public async Task Server_is_asked_once_an_hour_and_sooner_after_trouble()
    {
        var answer = Hours(48, 2);
        using var http = OutlookFeed.Client(TimeSpan.FromSeconds(5));
        var feed = new OutlookFeed(await Serve(_ => Results.Text(answer)), http, time, log);
        await feed.Look(Now, Stop);
        await feed.Look(Now, Stop);
        asked.ShouldBe(1);
        feed.Outlook.At(Now).Outdoor.ShouldBe(2);

        (answer, var good) = ("time,outdoorC\n", answer);
        time.Advance(TimeSpan.FromHours(1));
        await feed.Look(Now, Stop);
        asked.ShouldBe(2);
        Warnings.ShouldBe(1);
        feed.Outlook.At(Now).Outdoor.ShouldBe(2, "what was known stays");

        answer = good;
        time.Advance(TimeSpan.FromMinutes(10));
        await feed.Look(Now, Stop);
        asked.ShouldBe(3);
        log.All[^1].Level.ShouldBe(LogLevel.Information);
    }

    [Fact]
    public async Task Error_of_the_server_an_endless_answer_and_silence_are_trouble_and_nothing_worse()
    {
        var length = OutlookFile.Longest + 1;
        foreach (var answer in (Func<HttpContext, Task<IResult>>[])
        [
            _ => Task.FromResult(Results.StatusCode(500)),
            _ => Task.FromResult(Results.Text(new string('#', length))),
            async context =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
                return Results.Ok();
            },
        ])
        {
            log.All.Clear();
            var where = await Serve(answer);
            using var http = OutlookFeed.Client(TimeSpan.FromMilliseconds(500));
            var feed = new OutlookFeed(where, http, time, log);
            await feed.Look(Now, Stop);
            feed.Outlook.ShouldBeSameAs(Outlook.None);
            Warnings.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Nobody_there_is_trouble_too()
    {
        var where = await Serve(_ => Results.Ok());
        await Ended();
        using var http = OutlookFeed.Client(TimeSpan.FromSeconds(5));
        var feed = new OutlookFeed(where, http, time, log);

        await feed.Look(Now, Stop);

        Warnings.ShouldBe(1);
    }

    private int Warnings => log.All.Count(l => l.Level == LogLevel.Warning);

    private static string Hours(int count, double outdoor) => "time,outdoorC\n" + string.Concat(
        Enumerable.Range(0, count).Select(h => FormattableString.Invariant($"{Now.AddMinutes(-30).AddHours(h):yyyy-MM-dd'T'HH:mm'Z'},{outdoor}\n")));

    // Two writes within one tick of the file system's clock would look alike.
    private void Write(string text, int minute)
    {
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, Now.UtcDateTime.AddMinutes(minute));
    }

    private Task<string> Serve(Func<HttpContext, IResult> answer) => Serve(context => Task.FromResult(answer(context)));

    private async Task<string> Serve(Func<HttpContext, Task<IResult>> answer)
    {
        await Ended();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.MapGet("/outlook", async (HttpContext context) =>
        {
            asked++;
            return await answer(context);
        });
        await server.StartAsync(Stop);
        return server.Urls.First() + "/outlook";
    }

    private async Task Ended()
    {
        if (server is not null) await server.DisposeAsync();
        server = null;
    }
}
