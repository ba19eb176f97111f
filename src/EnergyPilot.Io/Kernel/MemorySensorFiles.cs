using System.Globalization;

namespace EnergyPilot.Io.Kernel;

/// <summary>Sensor files in memory, for a virtual school: writing a number over a number allocates nothing.</summary>
public sealed class MemorySensorFiles : ISensorFiles
{
    private const int Room = 32;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Content> files = [];

    /// <inheritdoc/>
    public bool TryRead(string path, Span<byte> buffer, out int length)
    {
        RequireInside(path);
        length = 0;
        lock (gate)
        {
            if (!files.TryGetValue(path, out var file) || file.Failing)
                return false;
            length = Math.Min(file.Length, buffer.Length);
            file.Text.AsSpan(0, length).CopyTo(buffer);
            return true;
        }
    }

    /// <inheritdoc/>
    public bool TryWrite(string path, ReadOnlySpan<byte> command)
    {
        RequireInside(path);
        lock (gate)
        {
            if (!files.TryGetValue(path, out var file) || file.Failing)
                return false;
            Write(path, command);
            return true;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder)
    {
        RequireInside(folder);
        var prefix = folder.Length == 0 ? "" : folder.TrimEnd('/') + "/";
        lock (gate)
            return [.. files.Keys
                .Where(path => path.StartsWith(prefix, StringComparison.Ordinal))
                .Select(path => path[prefix.Length..].Split('/')[0])
                .Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Writes a whole number and a line end, as drivers do.</summary>
    public void Write(string path, long number)
    {
        lock (gate)
        {
            var file = Make(path);
            number.TryFormat(file.Text, out file.Length, provider: CultureInfo.InvariantCulture);
            file.Text[file.Length++] = (byte)'\n';
        }
    }

    /// <summary>Writes any text.</summary>
    public void Write(string path, ReadOnlySpan<byte> text)
    {
        lock (gate)
        {
            var file = Make(path);
            if (file.Text.Length < text.Length)
                file.Text = new byte[text.Length];
            text.CopyTo(file.Text);
            file.Length = text.Length;
        }
    }

    /// <summary>Reading the file fails from now until it is written, as after a CRC error on the 1-Wire.</summary>
    public void Fail(string path)
    {
        lock (gate)
            Make(path).Failing = true;
    }

    /// <summary>The sensor was unplugged.</summary>
    public void Remove(string path)
    {
        lock (gate)
            files.Remove(path);
    }

    private Content Make(string path)
    {
        RequireInside(path);
        if (!files.TryGetValue(path, out var file))
            files[path] = file = new Content();
        file.Failing = false;
        return file;
    }

    private static void RequireInside(string path)
    {
        if (path.Contains("..", StringComparison.Ordinal) && path.Split('/').Contains(".."))
            throw new ArgumentException($"'{path}' leaves the root.", nameof(path));
    }

    private sealed class Content
    {
        public byte[] Text = new byte[Room];
        public int Length;
        public bool Failing;
    }
}
