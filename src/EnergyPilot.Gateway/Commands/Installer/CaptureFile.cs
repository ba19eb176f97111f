namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>A capture on the disk.</summary>
internal static class CaptureFile
{
    public static async Task Write(string file, byte[] bytes, CancellationToken stop)
    {
        try
        {
            await File.WriteAllBytesAsync(file, bytes, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VerbTrouble.Asked($"{file}: the capture cannot be written: {e.Message} Choose another place with --pcap.");
        }

        // The lines of the trace may go into a file of their own.
        await Console.Error.WriteLineAsync($"Capture: {Path.GetFullPath(file)}");
    }
}
