using System.Runtime.InteropServices;
using System.Text;

namespace EnergyPilot.Io.Gpio;

/// <summary>What the kernel tells of a chip's lines, without taking one.</summary>
public static class GpioChip
{
    private const uint MostLines = 4096;

    /// <summary>All lines of a chip, for example /dev/gpiochip0; throws <see cref="IOException"/> when it cannot be opened or asked.</summary>
    public static IReadOnlyList<GpioLineState> Lines(string path) => Lines(path, new LinuxGpioKernel());

    internal static IReadOnlyList<GpioLineState> Lines(string path, IGpioKernel kernel)
    {
        var chip = kernel.Open(path);
        if (chip < 0) throw Failed(path, chip);
        try
        {
            var about = new GpioUapi.ChipInfo();
            if (kernel.Control(chip, GpioUapi.GetChipInfo, Bytes(ref about)) is < 0 and var refused) throw Failed(path, refused);
            var lines = new List<GpioLineState>();
            for (var number = 0U; number < Math.Min(about.Lines, MostLines); number++)
            {
                var line = new GpioUapi.LineInfo { Offset = number };
                if (kernel.Control(chip, GpioUapi.GetLineInfo, Bytes(ref line)) is < 0 and var fault) throw Failed(path, fault);
                var bytes = Bytes(ref line);
                lines.Add(new GpioLineState((int)number, Text(bytes[..GpioUapi.NameLength]), Text(bytes[GpioUapi.NameLength..(2 * GpioUapi.NameLength)]),
                    (line.Flags & GpioUapi.Used) != 0, (line.Flags & GpioUapi.Output) != 0));
            }

            return lines;
        }
        finally
        {
            kernel.Close(chip);
        }
    }

    private static IOException Failed(string path, int error) => new($"GPIO chip {path} cannot be asked: {Marshal.GetPInvokeErrorMessage(-error)}.");

    private static string Text(ReadOnlySpan<byte> name) => Encoding.ASCII.GetString(name.IndexOf((byte)0) is >= 0 and var end ? name[..end] : name);

    private static Span<byte> Bytes<T>(ref T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new Span<T>(ref value));
}

/// <summary>A line of a chip as it is now.</summary>
/// <param name="Number">Its number on the chip.</param>
/// <param name="Name">What the board's makers call it, for example "GPIO17"; empty when they did not say.</param>
/// <param name="User">The program that has it; empty when none, or when that gave no name.</param>
/// <param name="IsUsed">It cannot be taken now.</param>
/// <param name="IsOutput">It drives.</param>
public sealed record GpioLineState(int Number, string Name, string User, bool IsUsed, bool IsOutput);
