using System.Text;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>Payloads of every kind that a node may write.</summary>
internal static class RandomPayload
{
    private static readonly string[] Words = ["", "bdSeq", "Node Control/Rebirth", "salle é/température", "a", "🏫", new string('x', 200)];

    public static PayloadFacts Next(Random random) =>
        new(Maybe(random, random.NextInt64(4_000_000_000_000)), random.Next(2) == 0 ? null : (byte)random.Next(256), Word(random), Hex(random),
            [.. Enumerable.Range(0, random.Next(5)).Select(_ => Metric(random))]);

    public static ValueFacts Value(Random random, SparkplugType type)
    {
        var bits = random.Next(4) switch { 0 => 0ul, 1 => ulong.MaxValue, _ => (ulong)random.NextInt64(long.MinValue, long.MaxValue) };
        return type switch
        {
            SparkplugType.Int8 => Int((uint)(sbyte)bits),
            SparkplugType.Int16 => Int((uint)(short)bits),
            SparkplugType.UInt8 => Int((byte)bits),
            SparkplugType.UInt16 => Int((ushort)bits),
            SparkplugType.Int32 or SparkplugType.UInt32 => Int((uint)bits),
            SparkplugType.Int64 or SparkplugType.UInt64 or SparkplugType.DateTime => new(SparkplugValueKind.Long, bits, ""),
            // Not every bit pattern of a NaN survives its way through a double.
            SparkplugType.Float => new(SparkplugValueKind.Float, BitConverter.SingleToUInt32Bits((float)random.NextDouble() - 0.5f), ""),
            SparkplugType.Double => new(SparkplugValueKind.Double, bits, ""),
            SparkplugType.Boolean => new(SparkplugValueKind.Boolean, bits & 1, ""),
            SparkplugType.String or SparkplugType.Text => new(SparkplugValueKind.Text, 0, Convert.ToHexString(Encoding.UTF8.GetBytes(Word(random)))),
            SparkplugType.Uuid => new(SparkplugValueKind.Text, 0, Convert.ToHexString(Encoding.UTF8.GetBytes(new Guid((int)bits, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString()))),
            _ => new(SparkplugValueKind.Bytes, 0, Hex(random)),
        };
    }

    private static MetricFacts Metric(Random random)
    {
        var type = random.Next(3) == 0 ? (SparkplugType)random.Next(22, 35) : (SparkplugType)random.Next(1, 19);
        if (type == SparkplugType.DataSet)
            type = SparkplugType.Double;
        var isNull = random.Next(6) == 0;
        return new MetricFacts(Word(random), type, isNull ? ValueFacts.None : Value(random, type))
        {
            Alias = (ulong)random.NextInt64(),
            Timestamp = Maybe(random, random.NextInt64()),
            IsHistorical = random.Next(4) == 0,
            IsTransient = random.Next(4) == 0,
            IsNull = isNull,
            Description = random.Next(4) == 0 ? Word(random) : "",
            Size = random.Next(4) == 0 ? (ulong)random.NextInt64() : null,
            Properties = Properties(random, 3),
        };
    }

    private static PropertyFacts[] Properties(Random random, int depth) =>
        [.. Enumerable.Range(0, random.Next(depth)).Select(_ => Property(random, depth))];

    private static PropertyFacts Property(Random random, int depth)
    {
        if (depth > 0 && random.Next(4) == 0)
            return new(Word(random), SparkplugType.PropertySet, ValueFacts.None, Properties(random, depth - 1));
        var type = (SparkplugType)random.Next(1, 15);
        return new(Word(random), type, random.Next(6) == 0 ? ValueFacts.None : Value(random, type));
    }

    private static ValueFacts Int(uint bits) => new(SparkplugValueKind.Int, bits, "");

    private static ulong? Maybe(Random random, long value) => random.Next(3) == 0 ? null : (ulong)value;

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    private static string Hex(Random random)
    {
        var bytes = new byte[random.Next(20)];
        random.NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }
}
