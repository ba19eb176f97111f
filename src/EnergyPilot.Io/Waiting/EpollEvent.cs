using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Waiting;

/// <summary>struct epoll_event (linux/eventpoll.h): packed on x86-64, and on no other machine.</summary>
internal static class EpollEvent
{
    public static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    public static readonly int Size = DataOffset + sizeof(long);

    public static void Write(Span<byte> at, uint events, long data)
    {
        at[..Size].Clear();
        MemoryMarshal.Write(at, in events);
        MemoryMarshal.Write(at[DataOffset..], in data);
    }

    public static (uint Events, long Data) Read(ReadOnlySpan<byte> at) =>
        (MemoryMarshal.Read<uint>(at), MemoryMarshal.Read<long>(at[DataOffset..]));
}
