namespace EnergyPilot.Io.MBus;

/// <summary>How a meter is addressed: by its number on the line (primary) or by who it is (secondary).</summary>
public readonly record struct MBusAddress
{
    private MBusAddress(byte link, MBusIdentity? identity) => (Link, Identity) = (link, identity);

    /// <summary>A field of its frames.</summary>
    public byte Link { get; }

    /// <summary>The selection that goes before, or null with a primary address.</summary>
    public MBusIdentity? Identity { get; }

    /// <summary>Primary: 0..250, or 254 for the only meter of a line; throws for others.</summary>
    public static MBusAddress Primary(int address) => address is >= 0 and <= MBusControl.LastPrimary or MBusControl.TestAddress
        ? new((byte)address, null)
        : throw new ArgumentOutOfRangeException(nameof(address), address, "A primary address is 0..250, or 254.");

    /// <summary>Secondary; the identity may hold wildcards as long as one meter fits.</summary>
    public static MBusAddress Secondary(MBusIdentity identity) => new(MBusControl.SelectedAddress, identity);

    /// <summary>The number, or who it is.</summary>
    public override string ToString() => Identity?.ToString() ?? $"{Link}";
}
