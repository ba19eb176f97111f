using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>One connection of an edge node, with the number of its death certificate.</summary>
internal sealed class SparkplugLife(MqttLink link, byte number, CancellationTokenSource ending)
{
    public MqttLink Link { get; } = link;

    /// <summary>bdSeq, as the will of this connection's CONNECT says it.</summary>
    public byte Number { get; } = number;

    /// <summary>Whether an NBIRTH was handed to this connection.</summary>
    public bool WasBorn { get; set; }

    /// <summary>Set when the connection is over, or is to be ended.</summary>
    public CancellationToken Over => ending.Token;

    public void End() => _ = ending.CancelAsync();
}
