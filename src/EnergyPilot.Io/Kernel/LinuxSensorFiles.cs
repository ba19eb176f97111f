namespace EnergyPilot.Io.Kernel;

/// <summary>Sensor files of this machine.</summary>
/// <param name="root">The folder that paths start from, normally /sys.</param>
public sealed class LinuxSensorFiles(string root) : ISensorFiles
{
    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <inheritdoc/>
    public bool TryRead(string path, Span<byte> buffer, out int length)
    {
        var full = Within(path);
        length = 0;
        try
        {
            using var file = File.OpenHandle(full);
            length = RandomAccess.Read(file, buffer, 0);
            return true;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool TryWrite(string path, ReadOnlySpan<byte> command)
    {
        var full = Within(path);
        try
        {
            using var file = File.OpenHandle(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(file, command, 0);
            return true;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder)
    {
        var full = Within(folder);
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(full).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Links are followed, for sysfs is made of them; only the path as written must stay inside.
    private string Within(string path)
    {
        var full = Path.GetFullPath(Path.Join(root, path));
        return full == root || full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new ArgumentException($"'{path}' leaves {root}.", nameof(path));
    }
}
