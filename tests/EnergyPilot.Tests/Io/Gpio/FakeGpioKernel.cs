using System.Buffers.Binary;
using EnergyPilot.Io.Gpio;

namespace EnergyPilot.Tests.Io.Gpio;

/// <summary>A kernel that reads requests byte by byte, at the offsets of linux/gpio.h, and keeps one level and a queue of events per line.</summary>
internal sealed class FakeGpioKernel : IGpioKernel
{
    private const int Chip = 3;
    private const int FirstLineFile = 100;
    private const int NoSuchFile = -2;
    private const int Busy = -16;
    private const int InvalidArgument = -22;
    private const int RemoteIo = -121;

    public Dictionary<uint, byte[]> Requests { get; } = [];

    public Dictionary<uint, ulong> Levels { get; } = [];

    public Dictionary<uint, Queue<byte[]>> Events { get; } = [];

    public HashSet<int> Open { get; } = [];

    public bool IsBroken { get; set; }

    int IGpioKernel.Open(string path) => path == "/dev/gpiochip0" ? Track(Chip) : NoSuchFile;

    public int Control(int file, uint request, Span<byte> argument)
    {
        if (IsBroken)
            return RemoteIo;
        if (file == Chip && request == 0xC250B407)
            return Request(argument);
        var line = (uint)(file - FirstLineFile);
        if (request == 0xC010B40E)
            BinaryPrimitives.WriteUInt64LittleEndian(argument, Levels[line]);
        else if (request == 0xC010B40F && argument[8] == 1)
            Levels[line] = argument[0];
        else
            return InvalidArgument;
        return 0;
    }

    public int Read(int file, Span<byte> buffer)
    {
        var waiting = Events[(uint)(file - FirstLineFile)];
        var length = 0;
        while (waiting.Count > 0 && length + 48 <= buffer.Length)
        {
            waiting.Dequeue().CopyTo(buffer[length..]);
            length += 48;
        }

        return length;
    }

    public void Close(int file) => Open.Remove(file).ShouldBeTrue();

    public void Happens(uint line, byte id, ulong nanoseconds, uint sequence)
    {
        var bytes = new byte[48];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, nanoseconds);
        bytes[8] = id;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), line);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), 4711);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(20), sequence);
        Events[line].Enqueue(bytes);
    }

    private int Request(Span<byte> argument)
    {
        var line = BinaryPrimitives.ReadUInt32LittleEndian(argument);
        if (!Requests.TryAdd(line, argument.ToArray()))
            return Busy;
        Levels[line] = argument[288 + 32] == 2 ? argument[288 + 32 + 8] : 0ul;
        Events[line] = new();
        BinaryPrimitives.WriteInt32LittleEndian(argument[588..], Track(FirstLineFile + (int)line));
        return 0;
    }

    private int Track(int file)
    {
        Open.Add(file);
        return file;
    }
}
