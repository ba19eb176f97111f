using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Web;

namespace EnergyPilot.Gateway.WhatIf;

/// <summary>How far a question has come.</summary>
internal enum AskState
{
    Working,
    Answered,

    /// <summary>Somebody stopped it, or the gateway stops.</summary>
    Stopped,

    /// <summary>It could not be worked out; the log says why.</summary>
    Failed,
}

/// <summary>A question that somebody asked.</summary>
/// <param name="Site">As it was then.</param>
/// <param name="Done">Runs that are done, of all.</param>
/// <param name="Answer">Once there is one.</param>
/// <param name="Took">How long it took.</param>
internal sealed record Asked(long Id, Question Question, Site Site, string Who, DateTimeOffset At, AskState State, double Done, Answer? Answer, TimeSpan Took);

/// <summary>
/// Takes questions one at a time and works them out on a thread of its own that gives way to everything else. Keeps the last few answers in memory to be
/// compared; a new start forgets them. All members may be used from any thread.
/// </summary>
/// <param name="read">What an answer rests on; may be slow.</param>
internal sealed partial class WhatIfDesk(Func<Site> site, Func<Site, Grounds> read, TimeProvider time, ILogger<WhatIfDesk> log) : IDisposable
{
    /// <summary>So many answers are kept.</summary>
    public const int Most = 6;

    /// <summary>What the site file would become if a question came true.</summary>
    public required Func<Question, SitePreview> Preview { get; init; }

    /// <summary>Lets a question come true, as it was shown on the version with that number.</summary>
    public required Func<Question, long, Visitor, SiteChange> Apply { get; init; }

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private ImmutableArray<Asked> asked = [];
    private CancellationTokenSource? running;
    private Task work = Task.CompletedTask;
    private long next = 1;

    /// <summary>The last questions, newest first.</summary>
    public ImmutableArray<Asked> All
    {
        get
        {
            lock (gate) return asked;
        }
    }

    /// <summary>The question that is being worked out; null while there is none.</summary>
    public Asked? Working => All.FirstOrDefault(a => a.State == AskState.Working);

    public Asked? Find(long id) => All.FirstOrDefault(a => a.Id == id);

    /// <summary>Begins to work a question out; null while another one is being worked out.</summary>
    /// <param name="question">One without fault.</param>
    public Asked? Ask(Question question, string who)
    {
        lock (gate)
        {
            if (Working is not null || stopping.IsCancellationRequested) return null;
            var mine = new Asked(next++, question, site(), who, time.GetUtcNow(), AskState.Working, 0, null, TimeSpan.Zero);
            asked = [mine, .. asked.Take(Most - 1)];
            running?.Dispose();
            running = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
            var stop = running.Token;
            work = Task.Factory.StartNew(() => Work(mine, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return mine;
        }
    }

    /// <summary>Lets go of a question that is being worked out.</summary>
    public void Stop(long id)
    {
        lock (gate)
            if (Working?.Id == id) running?.Cancel();
    }

    /// <summary>The question with this id as soon as it is answered, or as it stands after that time; null when nobody asked it.</summary>
    public async Task<Asked?> Wait(long id, TimeSpan patience, CancellationToken stop)
    {
        Task now;
        lock (gate) now = Working?.Id == id ? work : Task.CompletedTask;
        await Task.WhenAny(now, Task.Delay(patience, time, stop));
        return Find(id);
    }

    public void Dispose()
    {
        stopping.Cancel();
        running?.Dispose();
        stopping.Dispose();
    }

    // Whatever is wrong with one question must not end the next ones.
    private void Work(Asked mine, CancellationToken stop)
    {
        ThreadPriorities.GiveWay();
        // A virtual school's clock stands while it is worked out.
        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            var study = new Study(read(mine.Site), mine.Question);
            var runs = new List<RunPair>(Study.Draws + 1);
            foreach (var run in study.Runs())
            {
                if (stop.IsCancellationRequested) break;
                runs.Add(run);
                Show(mine with { Done = runs.Count / (Study.Draws + 1.0) });
            }

            var isWhole = runs.Count == Study.Draws + 1;
            Show(mine with { State = isWhole ? AskState.Answered : AskState.Stopped, Done = 1, Answer = isWhole ? Verdicts.Of(study, runs) : null, Took = TimeProvider.System.GetElapsedTime(begun) });
        }
        catch (Exception e)
        {
            LogFailed(log, e);
            Show(mine with { State = AskState.Failed, Took = TimeProvider.System.GetElapsedTime(begun) });
        }
    }

    private void Show(Asked now)
    {
        lock (gate) asked = [.. asked.Select(a => a.Id == now.Id ? now : a)];
    }

    [LoggerMessage(LogLevel.Error, "A question could not be worked out")]
    private static partial void LogFailed(ILogger log, Exception e);
}
