namespace EnergyPilot.Io.Modbus;

/// <summary>How much of a device identification is asked for; the numbers are those of the wire (V1.1b3, 6.21).</summary>
public enum IdentificationScope
{
    /// <summary>Vendor, product code, revision (objects 0 to 2).</summary>
    Basic = 1,

    /// <summary>Also page, product, model, application (objects up to 127).</summary>
    Regular = 2,

    /// <summary>Also the maker's own (objects up to 255).</summary>
    Extended = 3,
}
