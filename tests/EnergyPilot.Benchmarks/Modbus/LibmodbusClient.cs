using System.Runtime.InteropServices;

namespace EnergyPilot.Benchmarks.Modbus;

/// <summary>libmodbus's own client, in this process.</summary>
internal sealed partial class LibmodbusClient : IDisposable
{
    private const string Library = "libmodbus.so.5";

    private readonly nint context;

    public LibmodbusClient(int port)
    {
        context = NewTcp("127.0.0.1", port);
        if (Connect(context) != 0) throw new IOException($"libmodbus does not connect: {Marshal.GetLastPInvokeErrorMessage()}");
        _ = SetSlave(context, 1);
    }

    public static bool IsThere => NativeLibrary.TryLoad(Library, out _);

    public bool Read(int address, Span<ushort> values) =>
        ReadRegisters(context, address, values.Length, ref MemoryMarshal.GetReference(values)) == values.Length;

    public void Dispose()
    {
        Close(context);
        Free(context);
    }

    [LibraryImport(Library, EntryPoint = "modbus_new_tcp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NewTcp(string host, int port);

    [LibraryImport(Library, EntryPoint = "modbus_connect", SetLastError = true)]
    private static partial int Connect(nint context);

    [LibraryImport(Library, EntryPoint = "modbus_set_slave")]
    private static partial int SetSlave(nint context, int unit);

    [LibraryImport(Library, EntryPoint = "modbus_read_registers", SetLastError = true)]
    private static partial int ReadRegisters(nint context, int address, int count, ref ushort values);

    [LibraryImport(Library, EntryPoint = "modbus_close")]
    private static partial void Close(nint context);

    [LibraryImport(Library, EntryPoint = "modbus_free")]
    private static partial void Free(nint context);
}
