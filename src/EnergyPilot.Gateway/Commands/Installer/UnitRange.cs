using System.Globalization;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Addresses to be asked: "1-32", or one alone.</summary>
internal readonly record struct UnitRange(byte First, byte Last)
{
    public int Count => Last - First + 1;

    public static bool TryParse(string text, out UnitRange range)
    {
        range = default;
        var parts = text.Split('-');
        if (parts.Length > 2 || !TryUnit(parts[0], out var first) || !TryUnit(parts[^1], out var last) || last < first) return false;
        range = new UnitRange(first, last);
        return true;
    }

    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    private static bool TryUnit(string text, out byte unit) => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out unit);
}
