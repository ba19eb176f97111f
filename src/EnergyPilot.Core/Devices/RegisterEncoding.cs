using System.Collections.Immutable;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Devices;

/// <summary>
/// How registers become a number and back: value = (raw · <paramref name="Scale"/> + <paramref name="Offset"/>) in <paramref name="Unit"/>.
/// </summary>
/// <param name="Format">Width and sign of the raw number.</param>
/// <param name="Order">The order of its 16-bit words; bytes within a word are always big-endian on the wire.</param>
/// <param name="Scale">What one step of the raw number is worth in <paramref name="Unit"/>.</param>
/// <param name="Offset">What raw zero stands for, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit of the scaled number in the device; the decoded value is canonical.</param>
/// <param name="NotAvailable">Raw patterns that mean "no value" (0x7FFF, 0x8000 …), of the width of <paramref name="Format"/>.</param>
public sealed record RegisterEncoding(
    RegisterFormat Format, WordOrder Order, double Scale, double Offset, Unit Unit, ImmutableArray<ulong> NotAvailable)
{
    /// <summary>The bits that count, where several values share a register.</summary>
    public BitRange Bits { get; init; } = BitRange.All;
}

/// <summary>Neighbouring bits of a raw number: the lowest has number 0.</summary>
/// <param name="First">The lowest that counts.</param>
/// <param name="Count">How many; 0 for all of the number.</param>
public readonly record struct BitRange(int First, int Count)
{
    public static readonly BitRange All;

    /// <summary>A one wherever a bit counts.</summary>
    public ulong Mask => Count is 0 or 64 ? ulong.MaxValue : ((1UL << Count) - 1) << First;
}

/// <summary>Width and kind of a number in registers; <see cref="Bit"/> is a coil or a discrete input.</summary>
public enum RegisterFormat { Bit, U16, I16, U32, I32, U64, I64, F32, F64 }

/// <summary>Order of the words of a number that spans registers: "big" (ABCD) has the high word first, "little" (CDAB) the low word; the two others swap the bytes within each word.</summary>
public enum WordOrder { Big, Little, BigByteSwapped, LittleByteSwapped }
