namespace EnergyPilot.Io.Gpio;

/// <summary>The system calls that a board needs. Negative results are error numbers (-errno).</summary>
internal interface IGpioKernel
{
    int Open(string path);

    int Control(int file, uint request, Span<byte> argument);

    /// <summary>Reads what is there without waiting; 0 when nothing is.</summary>
    int Read(int file, Span<byte> buffer);

    void Close(int file);
}
