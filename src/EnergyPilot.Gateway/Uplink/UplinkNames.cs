namespace EnergyPilot.Gateway.Uplink;

/// <summary>Names of metrics that are no points of the log; with <see cref="Io.Delivery.DeliveryMetrics"/> all there are.</summary>
internal static class UplinkNames
{
    /// <summary>String: comfort, reduced, absence or frost. Written: what the zone shall be kept at.</summary>
    public const string Mode = "mode";

    /// <summary>DateTime, written: when a wish ends.</summary>
    public const string Until = "wish/until";

    /// <summary>String, written: who wishes.</summary>
    public const string By = "wish/by";

    /// <summary>String, written: why; may be missing.</summary>
    public const string Note = "wish/note";

    /// <summary>String: what became of the last wish.</summary>
    public const string Answer = "wish/answer";

    /// <summary>Int64: alarms that stand.</summary>
    public const string Alarms = "alarms";

    /// <summary>Aliases of the node's own metrics.</summary>
    public const ulong LogAlias = 1, StoredThroughAlias = 2, SentAfterAlias = 3, SentThroughAlias = 4, SentCountAlias = 5, AlarmsAlias = 6;
}
