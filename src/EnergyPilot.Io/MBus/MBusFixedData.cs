using System.Buffers.Binary;

namespace EnergyPilot.Io.MBus;

/// <summary>
/// The fixed data structure of old meters: two counters behind their number. Source: EN 1434-3, fixed data structure (CI 73h, 77h).
/// </summary>
internal static class MBusFixedData
{
    private const int Length = 16;
    private const int BinaryCounters = 0x01;
    private const int StoredCounters = 0x02;

    // Seconds-and-date codes 00h and 01h, 3Ah..3Dh are reserved; the others are runs of powers of ten.
    private static readonly VifRow[] Units =
    [
        new(0x02, 3, MBusQuantity.Energy, MBusUnit.WattHour),
        new(0x05, 3, MBusQuantity.Energy, MBusUnit.WattHour) { Power = 3 },
        new(0x08, 3, MBusQuantity.Energy, MBusUnit.WattHour) { Power = 6 },
        new(0x0B, 9, MBusQuantity.Energy, MBusUnit.Joule) { Power = 3 },
        new(0x14, 9, MBusQuantity.Power, MBusUnit.Watt),
        new(0x1D, 9, MBusQuantity.Power, MBusUnit.Watt) { Power = 3, Divisor = 3600 },
        new(0x26, 9, MBusQuantity.Volume, MBusUnit.CubicMetre) { Power = -6 },
        new(0x2F, 9, MBusQuantity.VolumeFlow, MBusUnit.CubicMetrePerHour) { Power = -6 },
        new(0x38, 1, MBusQuantity.ExternalTemperature, MBusUnit.Celsius) { Power = -3 },
        new(0x39, 1, MBusQuantity.HeatCostUnits, MBusUnit.HeatCostUnit),
        new(0x3F, 1, MBusQuantity.Dimensionless, MBusUnit.None),
    ];

    private const int SameButStored = 0x3E;

    private static readonly MBusMedium[] Media =
    [
        MBusMedium.Other, MBusMedium.Oil, MBusMedium.Electricity, MBusMedium.Gas, MBusMedium.Heat, MBusMedium.Steam, MBusMedium.WarmWater,
        MBusMedium.Water, MBusMedium.HeatCostAllocator, MBusMedium.Unknown, MBusMedium.Gas, MBusMedium.Heat, MBusMedium.WarmWater,
        MBusMedium.Water, MBusMedium.HeatCostAllocator, MBusMedium.Unknown,
    ];

    public static bool TryParse(ReadOnlySpan<byte> sent, MBusByteOrder order, out MBusTelegram telegram)
    {
        telegram = new MBusTelegram(default, [], MBusEncryption.None);
        if (sent.Length != Length)
            return false;
        var number = order == MBusByteOrder.LeastFirst ? BinaryPrimitives.ReadUInt32LittleEndian(sent) : BinaryPrimitives.ReadUInt32BigEndian(sent);
        var status = sent[5];
        var (first, second) = (sent[6], sent[7]);

        // The two high bits of each unit make the medium: the second's are the more significant ones.
        var medium = Media[first >> 6 | second >> 6 << 2];
        var header = new MBusHeader(new MBusIdentity(number, 0, 0, medium), sent[4], status, 0);
        var code = second & 0x3F;
        telegram = new MBusTelegram(header,
        [
            Counter(first & 0x3F, sent[8..12], status, order),
            code == SameButStored
                ? Counter(first & 0x3F, sent[12..], status | StoredCounters, order)
                : Counter(code, sent[12..], status, order),
        ], MBusEncryption.None);
        return true;
    }

    private static MBusRecord Counter(int code, ReadOnlySpan<byte> sent, int status, MBusByteOrder order)
    {
        Span<byte> value = stackalloc byte[4];
        sent.CopyTo(value);
        if (order == MBusByteOrder.MostFirst)
            value.Reverse();
        var meaning = ValueMeaning.Of(VifTable.Find(Units, code), code);
        var coding = (status & BinaryCounters) != 0 ? MBusCodings.Int32 : MBusCodings.FirstBcd + 3;
        var record = new MBusRecord(meaning.Quantity, meaning.Unit) { Storage = (status & StoredCounters) != 0 ? 1 : 0 };
        return MBusValue.Read(coding, value, meaning, record);
    }
}
