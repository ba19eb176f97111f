namespace EnergyPilot.Io.Serial;

/// <summary>
/// Serial ports of Linux. A port belongs to one program at a time. It is best named by /dev/serial/by-id or by-path:
/// ttyUSB numbers change with the order of plugging.
/// </summary>
public static class SerialPort
{
    private static readonly LinuxSerialKernel Kernel = new();

    /// <summary>
    /// Opens a port and drops what it had received before. Throws <see cref="IOException"/> with a plain reason:
    /// not there, no right, in use, no serial port, speed not possible.
    /// </summary>
    /// <param name="path">For example /dev/serial0 or /dev/serial/by-id/usb-FTDI_….</param>
    /// <param name="settings">How characters stand on the line.</param>
    public static SerialStream Open(string path, SerialSettings settings)
    {
        var (file, rs485) = SerialSetup.Open(Kernel, path, settings);
        return new SerialStream(Kernel, file, path, rs485);
    }

    /// <summary>What a wire or reader calls each time that it needs the port anew.</summary>
    public static Func<CancellationToken, ValueTask<Stream>> Opener(string path, SerialSettings settings) =>
        _ => ValueTask.FromResult<Stream>(Open(path, settings));
}
