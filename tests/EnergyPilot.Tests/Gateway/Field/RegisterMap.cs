using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Gateway.Field;

/// <summary>
/// A Modbus device that has exactly the registers of its model: as strict devices do, it refuses a request that touches any other, and
/// reading what can only be written.
/// </summary>
internal sealed class RegisterMap : IModbusUnit
{
    private readonly Dictionary<(ModbusSpace Space, int Address), ushort> registers = [];
    private readonly HashSet<int> hidden = [];

    public RegisterMap(DeviceType type)
    {
        foreach (var point in type.Points)
        {
            var where = (RegisterSelector)point.Where;
            for (var i = 0; i < where.Encoding.Format.Words(); i++)
            {
                registers[(Space(where), where.Address + i)] = 0;
                if (point.Access == Access.Write) hidden.Add(where.Address + i);
            }
        }
    }

    /// <summary>The words of a place in hexadecimal, "4366 0000"; a coil is 0001 or 0000.</summary>
    public string this[RegisterSelector where]
    {
        get => string.Join(' ', Enumerable.Range(where.Address, where.Encoding.Format.Words()).Select(a => registers[(Space(where), a)].ToString("X4", CultureInfo.InvariantCulture)));
        set
        {
            var address = (int)where.Address;
            foreach (var word in value.Split(' ')) registers[(Space(where), address++)] = ushort.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
    }

    public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values)
    {
        for (var i = 0; i < values.Length; i++)
            if (hidden.Contains(address + i) || !registers.TryGetValue((space, address + i), out values[i])) return ModbusExceptionCode.IllegalDataAddress;
        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!registers.ContainsKey((ModbusSpace.HoldingRegisters, address + i))) return ModbusExceptionCode.IllegalDataAddress;
            registers[(ModbusSpace.HoldingRegisters, address + i)] = values[i];
        }

        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!registers.TryGetValue((space, address + i), out var bit)) return ModbusExceptionCode.IllegalDataAddress;
            values[i] = bit != 0;
        }

        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!registers.ContainsKey((ModbusSpace.Coils, address + i))) return ModbusExceptionCode.IllegalDataAddress;
            registers[(ModbusSpace.Coils, address + i)] = (ushort)(values[i] ? 1 : 0);
        }

        return ModbusExceptionCode.None;
    }

    private static ModbusSpace Space(RegisterSelector where) => where.Space switch
    {
        RegisterSpace.Coil => ModbusSpace.Coils,
        RegisterSpace.DiscreteInput => ModbusSpace.DiscreteInputs,
        RegisterSpace.Holding => ModbusSpace.HoldingRegisters,
        _ => ModbusSpace.InputRegisters,
    };
}
