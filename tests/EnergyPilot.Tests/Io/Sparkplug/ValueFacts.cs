using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>A value as it lies on the wire, as plain facts: the number's bits, or the bytes in hexadecimal.</summary>
internal sealed record ValueFacts(SparkplugValueKind Kind, ulong Bits, string Hex)
{
    public static ValueFacts None { get; } = new(SparkplugValueKind.None, 0, "");

    public static ValueFacts Of(SparkplugValue value)
    {
        ulong bits = value.Kind switch
        {
            SparkplugValueKind.Int when value.TryUnsigned(SparkplugType.UInt32, out var number) => number,
            SparkplugValueKind.Long when value.TryUnsigned(SparkplugType.UInt64, out var number) => number,
            SparkplugValueKind.Float when value.TryNumber(SparkplugType.Float, out var number) => BitConverter.SingleToUInt32Bits((float)number),
            SparkplugValueKind.Double when value.TryNumber(SparkplugType.Double, out var number) => BitConverter.DoubleToUInt64Bits(number),
            SparkplugValueKind.Boolean when value.TryBoolean(out var isTrue) => isTrue ? 1ul : 0,
            _ => 0ul,
        };
        return new(value.Kind, bits, Convert.ToHexString(value.Bytes));
    }

    public SparkplugValue Value() => Kind switch
    {
        SparkplugValueKind.None => default,
        SparkplugValueKind.Int => SparkplugValue.Of((uint)Bits),
        SparkplugValueKind.Long => SparkplugValue.Of(Bits),
        SparkplugValueKind.Float => SparkplugValue.Of(BitConverter.UInt32BitsToSingle((uint)Bits)),
        SparkplugValueKind.Double => SparkplugValue.Of(BitConverter.UInt64BitsToDouble(Bits)),
        SparkplugValueKind.Boolean => SparkplugValue.Of(Bits != 0),
        SparkplugValueKind.Text => SparkplugValue.OfText(Convert.FromHexString(Hex)),
        SparkplugValueKind.Bytes => SparkplugValue.OfBytes(Convert.FromHexString(Hex)),
        _ => throw new InvalidOperationException($"{Kind} cannot be written."),
    };
}
