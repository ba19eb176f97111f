using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EnergyPilot.Io.Serial;

namespace EnergyPilot.Tests.Io.Serial;

/// <summary>A kernel with one port, at the level of bytes and error numbers.</summary>
internal sealed class FakeSerialKernel : ISerialKernel
{
    private const int File = 7;

    public byte[] Termios { get; private set; } = [.. Enumerable.Repeat((byte)0xFF, 44)];

    public byte[]? Rs485 { get; private set; }

    public uint SerialFlags { get; private set; } = 0x80;

    public List<uint> Controls { get; } = [];

    public Dictionary<uint, int> Refusals { get; } = [];

    public int OpenResult { get; init; } = File;

    public int LockResult { get; init; }

    public uint? OnlySpeed { get; init; }

    public int Opened { get; private set; }

    public int Open(string path)
    {
        Opened += OpenResult >= 0 ? 1 : 0;
        return OpenResult;
    }

    public int Control(int file, uint request, Span<byte> argument)
    {
        Controls.Add(request);
        if (Refusals.TryGetValue(request, out var error))
            return -error;
        switch (request)
        {
            case SerialUapi.GetTermios:
                Termios.CopyTo(argument);
                break;
            case SerialUapi.SetTermios:
                Termios = argument.ToArray();
                if (OnlySpeed is { } speed)
                    BinaryPrimitives.WriteUInt32LittleEndian(Termios.AsSpan(40), speed);
                break;
            case SerialUapi.SetRs485:
                Rs485 = argument.ToArray();
                break;
            case SerialUapi.GetSerial:
                BinaryPrimitives.WriteUInt32LittleEndian(argument[16..], SerialFlags);
                break;
            case SerialUapi.SetSerial:
                SerialFlags = BinaryPrimitives.ReadUInt32LittleEndian(argument[16..]);
                break;
        }

        return 0;
    }

    public int Control(int file, uint request, int argument)
    {
        Controls.Add(request);
        return Refusals.TryGetValue(request, out var error) ? -error : 0;
    }

    public int Lock(int file) => LockResult;

    public void Close(int file) => Opened--;

    public SerialUapi.Termios Line => MemoryMarshal.Read<SerialUapi.Termios>(Termios);
}
