using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace EnergyPilot.Gateway.Web;

/// <summary>
/// The event stream of a page: at each cycle the parts that changed, as the HTML that the page itself would show.
/// A cycle in which nothing changed still sends its time, so silence always means trouble.
/// </summary>
internal sealed class LiveEvents(IServiceScopeFactory scopes, LiveView live, Traffic traffic, IHostApplicationLifetime host, ILoggerFactory logs)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="zone">The zone whose page it is; empty for the school's.</param>
    public async IAsyncEnumerable<SseItem<string>> Stream(Language language, string zone, [EnumeratorCancellation] CancellationToken stop)
    {
        using var open = traffic.Open(StreamKind.Page);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, host.ApplicationStopping);
        Dictionary<string, string> sent = [];
        await using var cycles = live.Watch(either.Token).GetAsyncEnumerator(either.Token);
        while (await Next(cycles))
        {
            var (at, parts) = await Render(cycles.Current, language, zone);
            var changed = parts.Where(p => sent.GetValueOrDefault(p.Key) != p.Value).ToDictionary();
            foreach (var (id, html) in changed) sent[id] = html;
            yield return new SseItem<string>(JsonSerializer.Serialize(new { at, parts = changed }, Json)) { ReconnectionInterval = TimeSpan.FromSeconds(3) };
        }
    }

    /// <summary>The parts of a page that live, by the id of the element that holds them.</summary>
    public static IEnumerable<LivePart> PartsOf(SchoolView school, string zone) => zone is ""
        ? [
            new("verdict", typeof(Verdict), ""), new("alarms", typeof(AlarmList), ""), new("plant", typeof(Plant), ""), new("meters", typeof(Meters), ""),
            .. school.Zones.Select(z => new LivePart($"zone-{z.Zone.Id}", typeof(ZoneTile), z.Zone.Id.Name)),
        ]
        : [new("now", typeof(ZoneNow), zone)];

    // A reader who leaves, or a gateway that stops, ends the stream; neither is an error.
    private static async Task<bool> Next(IAsyncEnumerator<CycleRecord> cycles)
    {
        try
        {
            return await cycles.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<(string At, Dictionary<string, string> Parts)> Render(CycleRecord record, Language language, string zone)
    {
        await using var scope = scopes.CreateAsyncScope();
        var visit = scope.ServiceProvider.GetRequiredService<Visit>();
        visit.GoOn(language, record);
        Dictionary<string, string> parts = [];
        if (visit.School is not { } school) return ("", parts);

        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            foreach (var part in PartsOf(school, zone))
            {
                var values = part.Zone is "" ? ParameterView.Empty : ParameterView.FromDictionary(new Dictionary<string, object?> { ["Id"] = part.Zone });
                parts[part.Id] = (await renderer.RenderComponentAsync(part.Component, values)).ToHtmlString();
            }
        });
        return (visit.Reader.Clock(school.At), parts);
    }
}

/// <summary>A part of a page that is drawn anew at each cycle.</summary>
/// <param name="Id">The id of the element that holds it.</param>
/// <param name="Component">What draws it.</param>
/// <param name="Zone">The zone that it shows; empty for the school.</param>
internal sealed record LivePart(string Id, Type Component, string Zone);
