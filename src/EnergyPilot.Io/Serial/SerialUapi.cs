using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Serial;

/// <summary>
/// The parts of the kernel's terminal ABI (asm-generic/termbits.h, ioctls.h, linux/serial.h) that a serial port needs,
/// as x86, Arm and RISC-V share them; a test compares them with the headers.
/// </summary>
internal static class SerialUapi
{
    public const int OpenFlags = 0x2 | 0x100 | 0x800 | 0x80000; // O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC

    public const uint GetTermios = 0x802C542A;
    public const uint SetTermios = 0x402C542B;
    public const uint Exclusive = 0x540C;
    public const uint NotExclusive = 0x540D;
    public const uint Flush = 0x540B;
    public const uint GetSerial = 0x541E;
    public const uint SetSerial = 0x541F;
    public const uint SetRs485 = 0x542F;

    public const int FlushInput = 0;
    public const int FlushBoth = 2;

    public const uint IgnoreBreak = 0x1;
    public const uint CheckParity = 0x10;
    public const uint Strip = 0x20;

    public const uint Size7 = 0x20;
    public const uint Size8 = 0x30;
    public const uint TwoStopBits = 0x40;
    public const uint Receiver = 0x80;
    public const uint ParityBit = 0x100;
    public const uint OddParity = 0x200;
    public const uint Local = 0x800;
    public const uint OtherSpeed = 0x1000;

    public const int IndexTime = 5;
    public const int IndexLeast = 6;

    public const uint LowLatency = 0x2000;

    public const uint Rs485Enabled = 1;
    public const uint Rs485RtsOnSend = 2;
    public const uint Rs485RtsAfterSend = 4;

    public const int LockExclusiveNow = 6;

    public const int NoSuchFile = 2;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NoAccess = 13;
    public const int Busy = 16;
    public const int NotTerminal = 25;

    /// <summary>struct termios2, speeds as plain numbers.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 44)]
    public struct Termios
    {
        [FieldOffset(0)]
        public uint Input;

        [FieldOffset(4)]
        public uint Output;

        [FieldOffset(8)]
        public uint Control;

        [FieldOffset(12)]
        public uint Local;

        [FieldOffset(16)]
        public byte Discipline;

        [FieldOffset(17)]
        public ControlCharacters Characters;

        [FieldOffset(36)]
        public uint InputSpeed;

        [FieldOffset(40)]
        public uint OutputSpeed;
    }

    /// <summary>c_cc of struct termios2.</summary>
    [System.Runtime.CompilerServices.InlineArray(19)]
    public struct ControlCharacters
    {
        private byte first;
    }

    /// <summary>struct serial_struct, of which only the flags are touched; the size is that of 64-bit machines, the larger one.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 72)]
    public struct Serial
    {
        [FieldOffset(16)]
        public uint Flags;
    }

    /// <summary>struct serial_rs485.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    public struct Rs485
    {
        [FieldOffset(0)]
        public uint Flags;

        [FieldOffset(4)]
        public uint BeforeSendMilliseconds;

        [FieldOffset(8)]
        public uint AfterSendMilliseconds;
    }
}
