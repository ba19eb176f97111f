using System.Collections.Immutable;

namespace EnergyPilot.Io.Modbus;

/// <summary>What a device said of itself: all of it when <see cref="Result"/> is good, else what came before the trouble.</summary>
/// <param name="Result">How the asking ended. Many devices do not know the function: exception 1.</param>
/// <param name="Objects">Ascending by number.</param>
public sealed record ModbusIdentification(ModbusResult Result, ImmutableArray<IdentificationObject> Objects)
{
    /// <summary>Object 0; empty when it was not said.</summary>
    public string Vendor => TextOf(0);

    /// <summary>Object 1; empty when it was not said.</summary>
    public string ProductCode => TextOf(1);

    /// <summary>Object 2; empty when it was not said.</summary>
    public string Revision => TextOf(2);

    /// <summary>The text of an object; empty when it was not said.</summary>
    public string TextOf(byte id)
    {
        foreach (var one in Objects)
            if (one.Id == id)
                return one.Text;
        return "";
    }
}
