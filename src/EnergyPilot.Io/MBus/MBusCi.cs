namespace EnergyPilot.Io.MBus;

/// <summary>CI fields: what an application layer holds. Source: EN 13757-3, CI fields of master and slave.</summary>
internal static class MBusCi
{
    public const byte ApplicationReset = 0x50;
    public const byte SendData = 0x51;
    public const byte Select = 0x52;
    public const byte Error = 0x70;
    public const byte VariableLong = 0x72;
    public const byte Fixed = 0x73;
    public const byte VariableBare = 0x78;
    public const byte VariableShort = 0x7A;
}
