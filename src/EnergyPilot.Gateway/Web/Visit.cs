using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web;

/// <summary>One request: who reads, and which cycle. Everything on a page is of the same cycle, whatever happens meanwhile.</summary>
internal sealed class Visit(PageDesk desk, LiveView live, Views views, TimeProvider clock)
{
    private SchoolView? school;
    private Reader? reader;

    /// <summary>Who reads. Languages are chosen at the door; until then it is the fallback.</summary>
    public Reader Reader => reader ??= new Reader(Language.Fallback, desk.Site(), clock.GetUtcNow());

    /// <summary>The newest cycle when the visit began; null before the first has run.</summary>
    public SchoolView? School => school ??= live.Latest is { } record ? views.Of(record) : null;

    public Site Site => Reader.Site;

    /// <summary>Who asks, and from where.</summary>
    public Visitor Visitor { get; private set; } = Visitor.Nobody;

    /// <summary>The name of who is signed in; empty when nobody is.</summary>
    public string User => Visitor.Name;

    /// <summary>Whether who asks is signed in and may at least this much.</summary>
    public bool May(Role least) => Visitor.May(least);

    public void Begin(Language language, Visitor visitor) =>
        (reader, Visitor) = (new Reader(language, desk.Site(), clock.GetUtcNow()), visitor);

    /// <summary>The same reader, later: a newer cycle of an event stream.</summary>
    public void GoOn(Language language, CycleRecord record) =>
        (reader, school) = (new Reader(language, desk.Site(), clock.GetUtcNow()), views.Of(record));
}

/// <summary>The view of the newest cycle, worked out once for all who look at it.</summary>
internal sealed class Views(PageDesk desk)
{
    private volatile SchoolView? latest;

    /// <summary>Somebody has done something that the view tells: it is worked out anew, also within the same cycle.</summary>
    public void Renew() => latest = null;

    public SchoolView Of(CycleRecord record)
    {
        if (latest is { } view && ReferenceEquals(view.Record, record)) return view;
        return latest = SchoolView.Of(record, desk);
    }
}
