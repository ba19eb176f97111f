using System.Buffers.Text;
using System.Text.Unicode;

namespace EnergyPilot.Io.Sparkplug;

// What a value is, given its type.
public readonly ref partial struct SparkplugValue
{
    private bool IsWhole => Kind is SparkplugValueKind.Int or SparkplugValueKind.Long;

    /// <summary>The number of a signed or unsigned integer type; false when there is none, it does not fit its type, or is above 2^63 − 1.</summary>
    public bool TryInteger(SparkplugType type, out long value)
    {
        value = 0;
        switch (type)
        {
            case SparkplugType.Int8:
                return TrySigned(8, out value);
            case SparkplugType.Int16:
                return TrySigned(16, out value);
            case SparkplugType.Int32:
                return TrySigned(32, out value);
            case SparkplugType.Int64:
                return TrySigned(64, out value);
            default:
                var fits = TryUnsigned(type, out var number) && number <= long.MaxValue;
                value = fits ? (long)number : 0;
                return fits;
        }
    }

    /// <summary>The number of an unsigned integer type, or the milliseconds of DateTime; false when there is none or it does not fit its type.</summary>
    public bool TryUnsigned(SparkplugType type, out ulong value)
    {
        var most = type switch
        {
            SparkplugType.UInt8 => byte.MaxValue,
            SparkplugType.UInt16 => ushort.MaxValue,
            SparkplugType.UInt32 => uint.MaxValue,
            SparkplugType.UInt64 or SparkplugType.DateTime => ulong.MaxValue,
            _ => (ulong?)null,
        };
        // Tahu sends UInt32 in 64 bits, the specification asks for 32: both are taken.
        var fits = IsWhole && bits <= most;
        value = fits ? bits : 0;
        return fits;
    }

    /// <summary>The number of any numeric type, whole ones beyond 2^53 rounded; false when there is none.</summary>
    public bool TryNumber(SparkplugType type, out double value)
    {
        (var isNumber, value) = (Kind, type) switch
        {
            (SparkplugValueKind.Float, SparkplugType.Float) => (true, BitConverter.UInt32BitsToSingle((uint)bits)),
            (SparkplugValueKind.Double, SparkplugType.Double) => (true, BitConverter.UInt64BitsToDouble(bits)),
            (_, SparkplugType.DateTime) => (false, 0),
            _ when TryInteger(type, out var whole) => (true, whole),
            _ when TryUnsigned(type, out var whole) => (true, whole),
            _ => (false, 0.0),
        };
        return isNumber;
    }

    /// <summary>Whether it is true; false when it is no Boolean.</summary>
    public bool TryBoolean(out bool value)
    {
        value = Kind == SparkplugValueKind.Boolean && bits != 0;
        return Kind == SparkplugValueKind.Boolean;
    }

    /// <summary>The instant of a DateTime; false when it is none or lies beyond the year 9999.</summary>
    public bool TryTime(out DateTimeOffset value)
    {
        value = default;
        return Kind == SparkplugValueKind.Long && SparkplugTime.TryRead(bits, out value);
    }

    /// <summary>The UUID; false when it is none.</summary>
    public bool TryUuid(out Guid value)
    {
        value = Guid.Empty;
        return Kind == SparkplugValueKind.Text && Utf8Parser.TryParse(block, out value, out var length, 'D') && length == block.Length;
    }

    /// <summary>Whether the value has the form and the range that its type asks for; text also that it is UTF-8.</summary>
    public bool Fits(SparkplugType type) => type switch
    {
        >= SparkplugType.Int8 and <= SparkplugType.Int32 => Kind == SparkplugValueKind.Int && TryInteger(type, out _) && IsSignExtended(type),
        >= SparkplugType.UInt8 and <= SparkplugType.UInt32 => Kind == SparkplugValueKind.Int && TryUnsigned(type, out _),
        SparkplugType.Int64 or SparkplugType.UInt64 or SparkplugType.DateTime => Kind == SparkplugValueKind.Long,
        SparkplugType.Float => Kind == SparkplugValueKind.Float,
        SparkplugType.Double => Kind == SparkplugValueKind.Double,
        SparkplugType.Boolean => Kind == SparkplugValueKind.Boolean,
        SparkplugType.String or SparkplugType.Text => Kind == SparkplugValueKind.Text && Utf8.IsValid(block),
        SparkplugType.Uuid => TryUuid(out _),
        SparkplugType.DataSet => Kind == SparkplugValueKind.DataSet,
        SparkplugType.Template => Kind == SparkplugValueKind.Template,
        SparkplugType.PropertySet => Kind == SparkplugValueKind.PropertySet,
        SparkplugType.PropertySetList => Kind == SparkplugValueKind.PropertySetList,
        SparkplugType.Bytes or SparkplugType.File or (>= SparkplugType.Int8Array and <= SparkplugType.DateTimeArray) => Kind == SparkplugValueKind.Bytes,
        _ => false,
    };

    private bool IsSignExtended(SparkplugType type) => TryInteger(type, out var value) && (uint)value == (uint)bits;

    // Senders differ: some extend the sign of a short type to 32 bits (Tahu), some send its 8 or 16 bits alone. No number means two things.
    private bool TrySigned(int width, out long value)
    {
        value = 0;
        if (!IsWhole)
            return false;
        var wide = Kind == SparkplugValueKind.Int ? (int)(uint)bits : (long)bits;
        var spare = 64 - width;
        value = wide << spare >> spare;
        return value == wide || wide >>> width == 0;
    }
}
