namespace EnergyPilot.Io.Tic;

/// <summary>
/// The checksum of a group: the sum of its characters, six bits of it, lifted to a printable one (0x20..0x5F, so it may be a space).
/// Historic sums up to the value, standard includes the tab before the checksum. Source: Enedis-NOI-CPT_54E.
/// </summary>
internal static class TicChecksum
{
    public static byte Of(ReadOnlySpan<byte> summed)
    {
        var sum = 0u;
        foreach (var character in summed)
            sum += character;
        return (byte)((sum & 0x3F) + 0x20);
    }
}
