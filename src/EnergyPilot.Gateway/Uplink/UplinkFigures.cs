using System.Collections.Immutable;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.Mqtt;
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
    string Trouble)
{
    /// <summary>The same for people.</summary>
    public ImmutableArray<LineTrouble> Troubles { get; init; } = Trouble.Length > 0 ? [new(LineFault.Other, Trouble)] : [];

    /// <summary>What a fault of the connection is for people.</summary>
    public static ImmutableArray<LineTrouble> Of(MqttFault fault, string trouble) => trouble.Length > 0 ? [new(FaultOf(fault), trouble)] : [];

    private static LineFault FaultOf(MqttFault fault) => fault switch
    {
        MqttFault.NotConnected or MqttFault.Unreachable or MqttFault.ConnectionLost => LineFault.Unreachable,
        MqttFault.TlsFailed => LineFault.NotTrusted,
        MqttFault.Timeout or MqttFault.PingTimeout => LineFault.NoAnswer,
        MqttFault.Refused or MqttFault.Disconnected => LineFault.Refused,
        MqttFault.Malformed or MqttFault.ProtocolError or MqttFault.TooLarge => LineFault.Garbled,
        _ => LineFault.Other,
    };
}
