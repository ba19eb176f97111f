namespace EnergyPilot.Io.MBus;

/// <summary>
/// Who a meter is: the secondary address. As a selection it may hold wildcards: F for a digit of the number, FFFFh for the manufacturer, FFh for version and medium.
/// Source: EN 13757-3, selection and secondary addressing.
/// </summary>
/// <param name="Number">Identification number, eight BCD digits: 0x12345678 is the meter 12345678.</param>
/// <param name="ManufacturerCode">Three letters in five bits each; see <see cref="Manufacturer"/>.</param>
/// <param name="Version">Version or generation.</param>
/// <param name="Medium">What it measures.</param>
public readonly record struct MBusIdentity(uint Number, ushort ManufacturerCode, byte Version, MBusMedium Medium)
{
    /// <summary>Every digit of the number a wildcard.</summary>
    public const uint AnyNumber = 0xFFFF_FFFF;

    internal const ushort AnyManufacturer = 0xFFFF;
    internal const byte AnyVersion = 0xFF;
    internal const int Length = 8;

    /// <summary>Selects every meter.</summary>
    public static MBusIdentity All { get; } = ByNumber(AnyNumber);

    /// <summary>Three capital letters. Source: EN 62056-21, FLAG codes.</summary>
    public string Manufacturer => string.Create(3, ManufacturerCode, static (letters, code) =>
    {
        for (var i = 0; i < 3; i++)
            letters[i] = (char)('A' - 1 + (code >> (10 - 5 * i) & 0x1F));
    });

    /// <summary>Selects by the number alone, which may hold wildcard digits.</summary>
    public static MBusIdentity ByNumber(uint number) => new(number, AnyManufacturer, AnyVersion, MBusMedium.Any);

    /// <summary>The code of three capital letters; throws <see cref="ArgumentException"/> for anything else.</summary>
    public static ushort CodeOf(string manufacturer)
    {
        if (manufacturer.Length != 3 || !manufacturer.All(char.IsAsciiLetterUpper))
            throw new ArgumentException("A manufacturer is three capital letters.", nameof(manufacturer));
        return (ushort)((manufacturer[0] - 'A' + 1) << 10 | (manufacturer[1] - 'A' + 1) << 5 | (manufacturer[2] - 'A' + 1));
    }

    /// <summary>True if this, as a selection, selects that meter.</summary>
    public bool Selects(MBusIdentity meter) =>
        SelectsNumber(meter.Number)
        && (ManufacturerCode == AnyManufacturer || ManufacturerCode == meter.ManufacturerCode)
        && (Version == AnyVersion || Version == meter.Version)
        && (Medium == MBusMedium.Any || Medium == meter.Medium);

    /// <summary>Number, manufacturer, version and medium, as labels and lists show it: 12345678.KAM.01.04.</summary>
    public override string ToString() => $"{Number:X8}.{Manufacturer}.{Version:X2}.{(int)Medium:X2}";

    private bool SelectsNumber(uint number)
    {
        for (var shift = 0; shift < 32; shift += 4)
        {
            var digit = Number >> shift & 0xF;
            if (digit != 0xF && digit != (number >> shift & 0xF))
                return false;
        }

        return true;
    }
}
