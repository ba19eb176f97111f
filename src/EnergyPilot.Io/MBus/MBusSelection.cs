using System.Buffers.Binary;

namespace EnergyPilot.Io.MBus;

/// <summary>Selection by secondary address: who fits answers to address 253 from then on. Source: EN 13757-3, 11.3.</summary>
internal static class MBusSelection
{
    public static ValueTask<MBusFault> Select(MBusWire wire, MBusIdentity identity, int attempts)
    {
        Span<byte> selection = stackalloc byte[1 + MBusIdentity.Length];
        selection[0] = MBusCi.Select;
        Write(identity, selection[1..]);
        return wire.AskLong(MBusControl.SelectedAddress, selection, attempts);
    }

    public static void Write(MBusIdentity identity, Span<byte> to)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, identity.Number);
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], identity.ManufacturerCode);
        to[6] = identity.Version;
        to[7] = (byte)identity.Medium;
    }
}
