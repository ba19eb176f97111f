using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>The zones as they change, for programs: one event per cycle with what changed in it.</summary>
internal static class EventsApi
{
    private const string Manner =
        "Server-sent events. The first event of every connection, “zones”, has all zones; then one per cycle has those that changed, an empty list when none did. "
        + "Its id is the cycle's time in milliseconds since 1970. Because every connection begins with everything, nothing is missed by a break and Last-Event-ID need not be kept; it is ignored. "
        + "“heartbeat” comes when no cycle has come for 30 s: the line is well, the control is not.";

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/events", Events).WithName("Events").WithSummary("The zones as they change, as a stream")
        .WithDescription(Manner).Produces<ZonesEvent>(StatusCodes.Status200OK, "text/event-stream");

    private static ServerSentEventsResult<string> Events(HttpContext context, EventStream stream, CancellationToken stop)
    {
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(HeadOnly.Unless(context, stream.Follow(Door.LanguageOf(context.Request), stop)));
    }
}

/// <summary>An event of the stream: the cycle's time, and the zones that changed in it.</summary>
internal sealed record ZonesEvent(DateTimeOffset At, IReadOnlyList<ZoneAnswer> Zones);

/// <summary>Turns cycles into events.</summary>
internal sealed class EventStream(LiveView live, Views views, PageDesk desk, TimeProvider clock, Traffic traffic, IHostApplicationLifetime host)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Reconnect = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<SseItem<string>> Follow(Language language, [EnumeratorCancellation] CancellationToken stop)
    {
        using var open = traffic.Open(StreamKind.Program);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, host.ApplicationStopping);
        Dictionary<string, string> sent = [];
        await using var cycles = live.Watch(either.Token).GetAsyncEnumerator(either.Token);
        var next = cycles.MoveNextAsync().AsTask();
        while (await Turn(next) is var turn && turn != Outcome.Ended)
        {
            if (turn == Outcome.Late)
            {
                yield return new SseItem<string>(JsonSerializer.Serialize(new { at = clock.GetUtcNow() }, Json), "heartbeat");
                continue;
            }

            yield return Item(cycles.Current, language, sent);
            next = cycles.MoveNextAsync().AsTask();
        }
    }

    private SseItem<string> Item(CycleRecord cycle, Language language, Dictionary<string, string> sent)
    {
        var reader = new Reader(language, desk.Site(), clock.GetUtcNow());
        List<ZoneAnswer> changed = [];
        foreach (var zone in views.Of(cycle).Zones.Select(z => ZoneAnswer.Of(z, reader)))
        {
            var text = JsonSerializer.Serialize(zone, Json);
            if (sent.GetValueOrDefault(zone.Zone) == text) continue;
            sent[zone.Zone] = text;
            changed.Add(zone);
        }

        var at = cycle.Decision.At.ToUniversalTime();
        return new SseItem<string>(JsonSerializer.Serialize(new ZonesEvent(at, changed), Json), "zones")
        {
            EventId = at.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), ReconnectionInterval = Reconnect,
        };
    }

    // A program that leaves, or a gateway that stops, ends the stream; neither is an error.
    private async Task<Outcome> Turn(Task<bool> next)
    {
        try
        {
            return await next.WaitAsync(Patience, clock) ? Outcome.Cycle : Outcome.Ended;
        }
        catch (TimeoutException)
        {
            return Outcome.Late;
        }
        catch (OperationCanceledException)
        {
            return Outcome.Ended;
        }
    }

    private enum Outcome { Cycle, Late, Ended }
}
