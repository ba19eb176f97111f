using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Gpio;

/// <summary>
/// The parts of the kernel's GPIO character device ABI v2 (linux/gpio.h) that a board with one line per request needs.
/// Fields lie at the same offsets on 32-bit and 64-bit machines; a test compares them with the header.
/// </summary>
internal static class GpioUapi
{
    // _IOWR(0xB4, number, struct) in the encoding shared by x86, Arm and RISC-V.
    public const uint GetChipInfo = 0x8044B401;
    public const uint GetLineInfo = 0xC100B405;
    public const uint GetLine = 0xC250B407;
    public const uint GetValues = 0xC010B40E;
    public const uint SetValues = 0xC010B40F;

    public const ulong Used = 1 << 0;
    public const ulong ActiveLow = 1 << 1;
    public const ulong Input = 1 << 2;
    public const ulong Output = 1 << 3;
    public const ulong EdgeRising = 1 << 4;
    public const ulong EdgeFalling = 1 << 5;
    public const ulong BiasPullUp = 1 << 8;
    public const ulong BiasPullDown = 1 << 9;
    public const ulong BiasDisabled = 1 << 10;

    public const uint AttributeOutputValues = 2;
    public const uint AttributeDebounce = 3;

    public const uint RisingEdge = 1;

    /// <summary>GPIO_MAX_NAME_SIZE.</summary>
    public const int NameLength = 32;

    /// <summary>struct gpiochip_info, without its two names.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 68)]
    public struct ChipInfo
    {
        [FieldOffset(64)]
        public uint Lines;
    }

    /// <summary>struct gpio_v2_line_info; the first two times 32 bytes are the names of the line and of its user.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct LineInfo
    {
        [FieldOffset(64)]
        public uint Offset;

        [FieldOffset(72)]
        public ulong Flags;
    }

    /// <summary>struct gpio_v2_line_config_attribute, with the struct gpio_v2_line_attribute inside.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 24)]
    public struct LineAttribute
    {
        [FieldOffset(0)]
        public uint Id;

        [FieldOffset(8)]
        public ulong Values;

        [FieldOffset(8)]
        public uint DebounceMicroseconds;

        [FieldOffset(16)]
        public ulong Mask;
    }

    /// <summary>struct gpio_v2_line_config, of whose ten attributes the first is used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 272)]
    public struct LineConfig
    {
        [FieldOffset(0)]
        public ulong Flags;

        [FieldOffset(8)]
        public uint AttributeCount;

        [FieldOffset(32)]
        public LineAttribute Attribute;
    }

    /// <summary>struct gpio_v2_line_request, of whose 64 lines the first is used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 592)]
    public struct LineRequest
    {
        [FieldOffset(0)]
        public uint Offset;

        [FieldOffset(256)]
        public ulong Consumer;

        [FieldOffset(288)]
        public LineConfig Config;

        [FieldOffset(560)]
        public uint Lines;

        [FieldOffset(564)]
        public uint EventBufferSize;

        [FieldOffset(588)]
        public int File;
    }

    /// <summary>struct gpio_v2_line_values.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct LineValues
    {
        [FieldOffset(0)]
        public ulong Bits;

        [FieldOffset(8)]
        public ulong Mask;
    }

    /// <summary>struct gpio_v2_line_event.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 48)]
    public struct LineEvent
    {
        [FieldOffset(0)]
        public ulong TimestampNanoseconds;

        [FieldOffset(8)]
        public uint Id;

        [FieldOffset(12)]
        public uint Offset;

        [FieldOffset(16)]
        public uint Sequence;

        [FieldOffset(20)]
        public uint LineSequence;
    }
}
