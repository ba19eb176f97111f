namespace EnergyPilot.Io.Modbus;

/// <summary>Function codes (Modbus Application Protocol V1.1b3, chapter 6).</summary>
internal static class ModbusFunction
{
    public const byte ReadCoils = 1;
    public const byte ReadDiscreteInputs = 2;
    public const byte ReadHoldingRegisters = 3;
    public const byte ReadInputRegisters = 4;
    public const byte WriteSingleCoil = 5;
    public const byte WriteSingleRegister = 6;
    public const byte WriteMultipleCoils = 15;
    public const byte WriteMultipleRegisters = 16;
    public const byte MaskWriteRegister = 22;
    public const byte ReadWriteMultipleRegisters = 23;
    public const byte EncapsulatedInterface = 43;
    public const byte Exception = 0x80;

    /// <summary>The only encapsulated interface in use here: device identification.</summary>
    public const byte IdentificationInterface = 14;

    /// <summary>Whether a request of this function changes something and returns no values: only such can be broadcast.</summary>
    public static bool IsWrite(byte function) =>
        function is WriteSingleCoil or WriteSingleRegister or WriteMultipleCoils or WriteMultipleRegisters or MaskWriteRegister;

    public static byte ToRead(ModbusSpace space) => space switch
    {
        ModbusSpace.Coils => ReadCoils,
        ModbusSpace.DiscreteInputs => ReadDiscreteInputs,
        ModbusSpace.HoldingRegisters => ReadHoldingRegisters,
        ModbusSpace.InputRegisters => ReadInputRegisters,
        _ => throw new ArgumentOutOfRangeException(nameof(space), space, "Not a Modbus table."),
    };
}
