using System.Runtime.InteropServices;
using EnergyPilot.Io.Serial;

namespace EnergyPilot.Tests.Io.Serial;

/// <summary>A pseudo-terminal: <see cref="Path"/> opens like a serial port, <see cref="Far"/> is the other end of the cable.</summary>
internal sealed class PtyPair : IDisposable
{
    // asm-generic/ioctls.h
    private const uint SetLocked = 0x40045431;
    private const uint GetNumber = 0x80045430;

    public PtyPair()
    {
        var kernel = new LinuxSerialKernel();
        var file = kernel.Open("/dev/ptmx");
        file.ShouldBeGreaterThan(0, "a pseudo-terminal");
        var number = 0;
        kernel.Control(file, SetLocked, Bytes(ref number)).ShouldBe(0);
        kernel.Control(file, GetNumber, Bytes(ref number)).ShouldBe(0);
        Path = $"/dev/pts/{number}";
        Far = new SerialStream(kernel, file, "the far end", Rs485Support.NotAsked);
    }

    public string Path { get; }

    public SerialStream Far { get; }

    public void Dispose() => Far.Dispose();

    private static Span<byte> Bytes(ref int value) => MemoryMarshal.AsBytes(new Span<int>(ref value));
}
