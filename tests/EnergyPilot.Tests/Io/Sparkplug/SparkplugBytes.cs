namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>Puts bytes together as the wire has them, independently of the code under test.</summary>
internal static class SparkplugBytes
{
    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value & 0x7F | 0x80));
        return [.. bytes, (byte)value];
    }

    public static byte[] Message(int field, params byte[] content) => [.. Varint((ulong)field << 3 | 2), .. Varint((ulong)content.Length), .. content];

    public static byte[] Number(int field, ulong value) => [.. Varint((ulong)field << 3), .. Varint(value)];
}
