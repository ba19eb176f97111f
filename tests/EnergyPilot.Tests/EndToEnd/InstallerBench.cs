using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>A folder with a site file and device models of a test's own; the site is the demonstration school with one more bus and device.</summary>
internal sealed class InstallerBench : IDisposable
{
    public const string Bus = "bench", Device = "sample";

    /// <summary>For verbs that somebody answers, on a machine that has other things to do.</summary>
    public static readonly string[] Patient = ["--deadline", "60s"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("energypilot-bench-");

    /// <param name="bus">The keys of the bus, for example "protocol: modbus, where: 127.0.0.1:5020".</param>
    /// <param name="model">Text of the device's model; the name of one that is shipped when it is one line.</param>
    public InstallerBench(string bus, string address, string model)
    {
        var isShipped = !model.Contains('\n');
        Directory.CreateDirectory(Path.Combine(Folder, "hardware/devices"));
        if (!isShipped) File.WriteAllText(Path.Combine(Folder, "hardware/devices/bench-model.yaml"), model);
        File.WriteAllText(Site, SchoolFiles.Demo.Text
            .Replace("buses:\n", $"buses:\n  {Bus}: {{ {bus} }}\n", StringComparison.Ordinal)
            .Replace("devices:\n", $"devices:\n  {Device}: {{ type: {(isShipped ? model : "bench-model")}, bus: {Bus}, address: \"{address}\" }}\n", StringComparison.Ordinal));
    }

    public string Folder => folder.FullName;

    public string Site => Path.Combine(Folder, "site.yaml");

    /// <summary>Runs a verb as at a terminal whose output goes into a file: there must be no escape codes and no stack traces.</summary>
    public static async Task<(int ExitCode, string Output)> Ran(params string[] arguments)
    {
        var (code, output) = await GatewayProcess.Ran(arguments);
        output.ShouldNotContain("\u001b");
        output.ShouldNotContain("   at ");
        return (code, output);
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>A Modbus unit that is such a device, with these values in canonical units; every other address it refuses.</summary>
    internal sealed class Unit : IModbusUnit
    {
        private readonly Dictionary<(ModbusSpace Space, int Address), ushort> words = [];

        public Unit(string model, params (string Point, double Value)[] values)
        {
            DeviceTypeFile.Parse(model, SchoolFiles.DeviceTypes[model]).TryGet(out var type).ShouldBeTrue();
            foreach (var (name, value) in values)
            {
                var where = (RegisterSelector)type.ShouldNotBeNull().Points.Single(p => p.Name == name).Where;
                var encoded = new ushort[RegisterCodec.Words(where.Encoding.Format)];
                RegisterCodec.Encode(where.Encoding, value, encoded);
                for (var i = 0; i < encoded.Length; i++) words[(Space(where.Space), where.Address + i)] = encoded[i];
            }
        }

        public IReadOnlyList<IdentificationObject> Identification { get; init; } = [];

        /// <summary>Confirms what is written, and forgets it.</summary>
        public bool IsForgetful { get; init; }

        public ushort this[ModbusSpace space, int address] => words[(space, address)];

        public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values)
        {
            for (var i = 0; i < values.Length; i++)
                if (!words.TryGetValue((space, address + i), out values[i])) return ModbusExceptionCode.IllegalDataAddress;
            return ModbusExceptionCode.None;
        }

        public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values)
        {
            for (var i = 0; i < values.Length; i++)
                if (!words.ContainsKey((ModbusSpace.HoldingRegisters, address + i))) return ModbusExceptionCode.IllegalDataAddress;
            for (var i = 0; i < values.Length && !IsForgetful; i++) words[(ModbusSpace.HoldingRegisters, address + i)] = values[i];
            return ModbusExceptionCode.None;
        }

        public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values)
        {
            for (var i = 0; i < values.Length; i++)
                if (words.TryGetValue((space, address + i), out var bit)) values[i] = bit != 0;
                else return ModbusExceptionCode.IllegalDataAddress;
            return ModbusExceptionCode.None;
        }

        public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values)
        {
            for (var i = 0; i < values.Length; i++) words[(ModbusSpace.Coils, address + i)] = values[i] ? (ushort)1 : (ushort)0;
            return ModbusExceptionCode.None;
        }

        private static ModbusSpace Space(RegisterSpace space) => space switch
        {
            RegisterSpace.Coil => ModbusSpace.Coils,
            RegisterSpace.DiscreteInput => ModbusSpace.DiscreteInputs,
            RegisterSpace.Holding => ModbusSpace.HoldingRegisters,
            _ => ModbusSpace.InputRegisters,
        };
    }
}
