using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>Shows the uplink to whoever looks.</summary>
internal sealed class UplinkView(Site site, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30), Behind = TimeSpan.FromHours(24);

    private readonly Lock gate = new();
    private Func<UplinkFigures>? read;
    private UplinkFigures? known;
    private long knownAt;

    /// <summary>Whether this gateway sends anything at all.</summary>
    public bool IsOffered => site.Uplink.IsOffered;

    /// <summary>The uplink runs; this tells how it stands.</summary>
    public void Show(Func<UplinkFigures> figures)
    {
        lock (gate) (read, known) = (figures, null);
    }

    /// <summary>How it stands; null while it does not run.</summary>
    public UplinkFigures? Read() => read?.Invoke();

    /// <summary>What people must know: nothing arrived for a day. A city that is away for a night is nobody's trouble, the log keeps all.</summary>
    public IEnumerable<Alarm> Alarming(DateTimeOffset at)
    {
        // The clock of a virtual school runs as it likes.
        if (IsOffered && Recent() is { } now && now.Oldest < at - Behind)
            yield return new Alarm("", Severity.Warning, now.Oldest, Reason.Of(ReasonCode.UplinkBehind, Fact.Of("since", now.Oldest)));
    }

    // Asked in each cycle; counting what waits reads the log.
    private UplinkFigures? Recent()
    {
        lock (gate)
        {
            if (known is not null && time.GetElapsedTime(knownAt) < Fresh) return known;
            knownAt = time.GetTimestamp();
            return known = Read();
        }
    }
}
