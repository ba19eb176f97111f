using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>What became of a stretch of the log that was to be sent.</summary>
/// <param name="Sent">How its last message went; nothing of a stretch counts that did not go whole.</param>
/// <param name="After">It begins after this sequence.</param>
/// <param name="Through">It ends with this one; the same when there was nothing to send.</param>
/// <param name="Count">Samples in it.</param>
internal readonly record struct Stretch(SparkplugSent Sent, long After, long Through, int Count)
{
    public static Stretch Nothing(long after) => new(SparkplugSent.Sent, after, after, 0);
}
