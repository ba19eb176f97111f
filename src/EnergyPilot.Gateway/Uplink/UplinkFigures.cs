using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>How the uplink stands, for the page, for metrics and for alarms.</summary>
/// <param name="Phase">What the edge node does now.</param>
/// <param name="Since">Since when.</param>
/// <param name="Waiting">Samples that nobody has acknowledged.</param>
/// <param name="Oldest">When the oldest of them was taken; <see cref="DateTimeOffset.MaxValue"/> when none waits.</param>
/// <param name="Lost">Samples that had to be given up before they were acknowledged, and are no longer in the log.</param>
/// <param name="Acknowledged">When something was last acknowledged since this start; <see cref="DateTimeOffset.MinValue"/> when nothing was.</param>
/// <param name="Samples">Samples sent since this start, those that were sent again included.</param>
/// <param name="Stalls">How often answers stayed away and sending began anew.</param>
/// <param name="Births">How often the node has described itself.</param>
/// <param name="Window">Late samples that may be on their way.</param>
/// <param name="IsHostOnline">Whether the primary host is there; null when none is named.</param>
/// <param name="Trouble">What keeps it from sending, or did last; empty when nothing.</param>
internal sealed record UplinkFigures(
    SparkplugPhase Phase, DateTimeOffset Since, long Waiting, DateTimeOffset Oldest, long Lost, DateTimeOffset Acknowledged, long Samples, long Stalls, long Births, int Window, bool? IsHostOnline,
    string Trouble);
