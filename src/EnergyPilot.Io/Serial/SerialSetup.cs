using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Serial;

/// <summary>Opens a terminal device and makes it a plain line for bytes: no echo, no editing, no flow control, one user.</summary>
internal static class SerialSetup
{
    // A receiver that samples in the middle of a bit stands about ±5 % over a character; both ends may use half of it.
    private const double SpeedTolerance = 0.025;

    /// <summary>The open file and whether the kernel drives RS-485; throws <see cref="IOException"/>.</summary>
    public static (int File, Rs485Support Rs485) Open(ISerialKernel kernel, string path, SerialSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.BaudRate, SerialSettings.LeastBaudRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.BaudRate, SerialSettings.MostBaudRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.DataBits, 7);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.DataBits, 8);
        var file = Checked(path, kernel.Open(path));
        try
        {
            Own(kernel, path, file);
            Configure(kernel, path, file, settings);
            HurryUp(kernel, file);
            var rs485 = Rs485(kernel, file, settings.Rs485);
            kernel.Control(file, SerialUapi.Flush, SerialUapi.FlushBoth);
            return (file, rs485);
        }
        catch
        {
            Close(kernel, file);
            throw;
        }
    }

    /// <summary>Closes at once: what was not sent yet is dropped, for the kernel would wait up to 30 s for a line that is stuck.</summary>
    public static void Close(ISerialKernel kernel, int file)
    {
        kernel.Control(file, SerialUapi.Flush, SerialUapi.FlushBoth);
        kernel.Control(file, SerialUapi.NotExclusive, 0);
        kernel.Close(file);
    }

    // TIOCEXCL keeps others out but not root; the lock keeps out the well-behaved ones of any user (ours, pyserial, tio, picocom).
    private static void Own(ISerialKernel kernel, string path, int file)
    {
        var locked = kernel.Lock(file);
        if (locked < 0)
            throw Failed(path, -locked == SerialUapi.TryAgain ? SerialUapi.Busy : -locked);
        Checked(path, kernel.Control(file, SerialUapi.Exclusive, 0));
    }

    private static void Configure(ISerialKernel kernel, string path, int file, SerialSettings settings)
    {
        var line = new SerialUapi.Termios();
        Checked(path, kernel.Control(file, SerialUapi.GetTermios, Bytes(ref line)));
        Describe(ref line, settings);
        Checked(path, kernel.Control(file, SerialUapi.SetTermios, Bytes(ref line)));

        // termios(3): setting succeeds when any part of it did.
        Checked(path, kernel.Control(file, SerialUapi.GetTermios, Bytes(ref line)));
        if (Math.Abs(line.OutputSpeed - (double)settings.BaudRate) > SpeedTolerance * settings.BaudRate)
            throw new IOException($"Serial port {path} cannot do {settings.BaudRate} baud; it offers {line.OutputSpeed}.");
    }

    private static void Describe(ref SerialUapi.Termios line, SerialSettings settings)
    {
        // A break is no character. A character with wrong parity becomes 0: its place is kept and the checksum finds it.
        line.Input = SerialUapi.IgnoreBreak;
        line.Output = 0;
        line.Local = 0;
        line.Discipline = 0;
        line.Control = SerialUapi.OtherSpeed | SerialUapi.Local | SerialUapi.Receiver;
        line.Control |= settings.DataBits == 7 ? SerialUapi.Size7 : SerialUapi.Size8;
        if (settings.DataBits == 7)
            line.Input |= SerialUapi.Strip;
        if (settings.StopBits == SerialStopBits.Two)
            line.Control |= SerialUapi.TwoStopBits;
        if (settings.Parity != SerialParity.None)
        {
            line.Input |= SerialUapi.CheckParity;
            line.Control |= SerialUapi.ParityBit;
        }

        if (settings.Parity == SerialParity.Odd)
            line.Control |= SerialUapi.OddParity;

        // With no least count an empty line would read as "0 bytes", which means unplugged.
        line.Characters[SerialUapi.IndexLeast] = 1;
        line.Characters[SerialUapi.IndexTime] = 0;
        line.InputSpeed = line.OutputSpeed = (uint)settings.BaudRate;
    }

    // FTDI adapters hold received bytes back for 16 ms unless asked not to; other drivers ignore or refuse it.
    private static void HurryUp(ISerialKernel kernel, int file)
    {
        var serial = new SerialUapi.Serial();
        if (kernel.Control(file, SerialUapi.GetSerial, Bytes(ref serial)) < 0)
            return;
        serial.Flags |= SerialUapi.LowLatency;
        kernel.Control(file, SerialUapi.SetSerial, Bytes(ref serial));
    }

    private static Rs485Support Rs485(ISerialKernel kernel, int file, Rs485Mode? mode)
    {
        if (mode is null)
            return Rs485Support.NotAsked;
        var wanted = new SerialUapi.Rs485
        {
            Flags = SerialUapi.Rs485Enabled | (mode.OnSend == RtsLevel.High ? SerialUapi.Rs485RtsOnSend : SerialUapi.Rs485RtsAfterSend),
            BeforeSendMilliseconds = (uint)mode.BeforeSend.TotalMilliseconds,
            AfterSendMilliseconds = (uint)mode.AfterSend.TotalMilliseconds,
        };
        return kernel.Control(file, SerialUapi.SetRs485, Bytes(ref wanted)) < 0 ? Rs485Support.Absent : Rs485Support.ByKernel;
    }

    private static int Checked(string path, int result) => result >= 0 ? result : throw Failed(path, -result);

    private static IOException Failed(string path, int error) => new($"Serial port {path} " + error switch
    {
        SerialUapi.NoSuchFile => "is not there: the adapter is not plugged in, or has another name.",
        SerialUapi.NoAccess => "may not be opened: the user is not in its group (dialout).",
        SerialUapi.Busy => "is in use by another program.",
        SerialUapi.NotTerminal => "is not a serial port.",
        _ => $"cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}.",
    });

    private static Span<byte> Bytes<T>(ref T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new Span<T>(ref value));
}
