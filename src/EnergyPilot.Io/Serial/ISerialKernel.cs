namespace EnergyPilot.Io.Serial;

/// <summary>The system calls that opening a serial port needs. Negative results are error numbers (-errno).</summary>
internal interface ISerialKernel
{
    /// <summary>Opens without waiting for a carrier and without becoming its terminal.</summary>
    int Open(string path);

    int Control(int file, uint request, Span<byte> argument);

    int Control(int file, uint request, int argument);

    /// <summary>Takes the advisory lock (flock) or fails at once.</summary>
    int Lock(int file);

    void Close(int file);
}
