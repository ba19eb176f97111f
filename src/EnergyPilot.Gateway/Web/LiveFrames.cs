using System.Collections.Concurrent;
using System.Collections.Immutable;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace EnergyPilot.Gateway.Web;

/// <summary>Draws the live parts of each page once per cycle and language, however many watch it.</summary>
internal sealed class LiveFrames(Views views, IServiceScopeFactory scopes, ILoggerFactory logs)
{
    // A school has tens of pages and a few languages; what nobody has watched for a while is forgotten.
    private const int Most = 200;

    private readonly ConcurrentDictionary<(string Language, string Page), Shown> pages = new();

    /// <summary>Somebody has done something that a page shows: what was drawn before does not count any more, also within the same cycle.</summary>
    public void Renew()
    {
        views.Renew();
        pages.Clear();
    }

    public Task<LiveFrame> Of(CycleRecord record, Language language, string page)
    {
        if (pages.Count > Most) Forget(record);
        var shown = pages.GetOrAdd((language.Code, page), _ => new Shown());
        lock (shown)
        {
            if (ReferenceEquals(shown.Record, record)) return shown.Frame;
            shown.Record = record;
            return shown.Frame = Draw(shown.Frame, record, language, page);
        }
    }

    private async Task<LiveFrame> Draw(Task<LiveFrame> before, CycleRecord record, Language language, string page)
    {
        // Not on the thread of whoever asks first, who holds the lock.
        await Task.Yield();
        var last = await Last(before);
        await using var scope = scopes.CreateAsyncScope();
        var visit = scope.ServiceProvider.GetRequiredService<Visit>();
        visit.GoOn(language, record);
        if (visit.School is not { } school) return last;

        var parts = ImmutableDictionary.CreateBuilder<string, string>();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            foreach (var part in LivePart.Of(school, page))
            {
                var values = part.Subject is "" ? ParameterView.Empty : ParameterView.FromDictionary(new Dictionary<string, object?> { ["Id"] = part.Subject });
                parts[part.Id] = (await renderer.RenderComponentAsync(part.Component, values)).ToHtmlString();
            }
        });
        return new LiveFrame(visit.Reader.Clock(school.At), parts.ToImmutable(), last);
    }

    // A frame that could not be drawn was told to those who waited for it; the next begins anew.
    private static async Task<LiveFrame> Last(Task<LiveFrame> before)
    {
        await ((Task)before).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return before.IsCompletedSuccessfully ? await before : LiveFrame.None;
    }

    private void Forget(CycleRecord newest)
    {
        foreach (var (key, shown) in pages)
            if (!ReferenceEquals(shown.Record, newest)) pages.TryRemove(key, out _);
    }

    private sealed class Shown
    {
        public CycleRecord? Record { get; set; }

        public Task<LiveFrame> Frame { get; set; } = Task.FromResult(LiveFrame.None);
    }
}
