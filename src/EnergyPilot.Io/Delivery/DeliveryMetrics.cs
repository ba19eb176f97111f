namespace EnergyPilot.Io.Delivery;

/// <summary>
/// What makes the delivery of a log over Sparkplug B sure, though its data are QoS 0: names of metrics, all within what Sparkplug 3.0 allows.
/// Each sample of the log has a sequence number, which data carry in <see cref="Sequences"/>. After a stretch of the log the node says in
/// NDATA what it has sent: (<see cref="SentAfter"/>, <see cref="SentThrough"/>] with <see cref="SentCount"/> samples. A host that has stored
/// them all, and everything before, answers with an NCMD that names the <see cref="Log"/> and <see cref="StoredThrough"/>. Only then does the
/// node's place in its log move; what is not acknowledged is sent again, as historical, under the same sequence numbers.
/// A host that knows nothing of this reads the same data as from any other node.
/// </summary>
public static class DeliveryMetrics
{
    /// <summary>String, node: the name of the log. Another one counts from 1 again: nothing that was known of the last one holds.</summary>
    public const string Log = "Delivery/Log";

    /// <summary>Int64, node, written by the host: it has stored every sample up to this one. In births: what the node believes so; it sends nothing up to there, so a host that has less begins there.</summary>
    public const string StoredThrough = "Delivery/Stored Through";

    /// <summary>Int64, node: the stretch that was just sent begins after this sequence.</summary>
    public const string SentAfter = "Delivery/Sent After";

    /// <summary>Int64, node: it ends with this one.</summary>
    public const string SentThrough = "Delivery/Sent Through";

    /// <summary>
    /// Int64, node: so many samples are in it, and came in the messages since the last such word or the birth. A host that had as many, in messages without
    /// a gap, has the stretch. Sequences may have gaps: samples that were removed before they could be sent. A sample that comes again takes the place of
    /// the one before: its time may have been put right.
    /// </summary>
    public const string SentCount = "Delivery/Sent Count";

    /// <summary>Bytes, each device: the sequences of the samples in the same message, in their order; see <see cref="DeliverySequences"/>.</summary>
    public const string Sequences = "Delivery/Sequences";
}
