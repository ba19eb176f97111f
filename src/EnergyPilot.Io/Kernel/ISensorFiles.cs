namespace EnergyPilot.Io.Kernel;

/// <summary>
/// The small text files in which kernel drivers show their sensors (sysfs). Paths are relative to the root, with '/'.
/// A path that leaves the root throws <see cref="ArgumentException"/>: it is a mistake of configuration.
/// </summary>
public interface ISensorFiles
{
    /// <summary>
    /// Reads the beginning of a file. False when there is none or its driver reports an error. Reading may take as long as
    /// the measurement: about 0.75 s for a DS18B20.
    /// </summary>
    bool TryRead(string path, Span<byte> buffer, out int length);

    /// <summary>Writes a command into a file that takes them, which lasts as long as its driver needs. False when there is none or it refuses.</summary>
    bool TryWrite(string path, ReadOnlySpan<byte> command);

    /// <summary>Names in a folder, sorted; none when there is no such folder.</summary>
    IReadOnlyList<string> List(string folder);
}
