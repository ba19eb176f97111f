using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>Shows the uplink to whoever looks, the control among them: looking reads memory only and waits for nobody.</summary>
internal sealed class UplinkView(LiveSite live)
{
    private static readonly TimeSpan Behind = TimeSpan.FromHours(24);

    private volatile Func<UplinkFigures>? read;

    /// <summary>Whether this gateway sends anything at all.</summary>
    public bool IsOffered => live.Site.Uplink.IsOffered;

    /// <summary>The uplink runs; this tells how it stands, from memory.</summary>
    public void Show(Func<UplinkFigures> figures) => read = figures;

    /// <summary>How it stands; null while it does not run.</summary>
    public UplinkFigures? Read() => read?.Invoke();

    /// <summary>What people must know: nothing arrived for a day. A city that is away for a night is nobody's trouble, the log keeps all.</summary>
    public IEnumerable<Alarm> Alarming(DateTimeOffset at)
    {
        if (Read() is { } now && now.Oldest < at - Behind)
            yield return new Alarm("", Severity.Warning, now.Oldest, Reason.Of(ReasonCode.UplinkBehind, Fact.Of("since", now.Oldest)));
    }
}
