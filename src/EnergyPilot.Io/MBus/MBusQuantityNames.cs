using System.Text;

namespace EnergyPilot.Io.MBus;

/// <summary>Quantities by name, as device files write them: <c>flow-temperature</c> is <see cref="MBusQuantity.FlowTemperature"/>.</summary>
public static class MBusQuantityNames
{
    private static readonly (MBusQuantity Quantity, string Name)[] Names =
        [.. Enum.GetValues<MBusQuantity>().Select(quantity => (quantity, Kebab(quantity.ToString())))];

    /// <summary>The stable name.</summary>
    public static string Name(this MBusQuantity quantity) => Names[(int)quantity].Name;

    /// <summary>The quantity of that name; names are case-sensitive.</summary>
    public static bool TryParse(string name, out MBusQuantity quantity)
    {
        var at = Array.FindIndex(Names, known => known.Name == name);
        quantity = at < 0 ? MBusQuantity.Reserved : Names[at].Quantity;
        return at >= 0;
    }

    private static string Kebab(string pascal)
    {
        var kebab = new StringBuilder();
        foreach (var letter in pascal)
        {
            if (char.IsUpper(letter) && kebab.Length > 0)
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }
}
