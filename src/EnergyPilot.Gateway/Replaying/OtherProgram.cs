using System.Diagnostics;
using EnergyPilot.Gateway.Commands.Installer;

namespace EnergyPilot.Gateway.Replaying;

/// <summary>Another build of energypilot that replays the same day, as a process of its own.</summary>
internal static class OtherProgram
{
    private const int MostWords = 2000;

    /// <summary>The course that it decides.</summary>
    /// <param name="program">A dll or an executable.</param>
    /// <param name="dayFile">The recorded day.</param>
    /// <exception cref="VerbTrouble">It cannot be started, or does not understand; with its own words.</exception>
    public static async Task<Course> Replay(string program, string dayFile, CancellationToken stop)
    {
        using var process = Start(program, dayFile);
        await using var ended = stop.Register(() => Kill(process));
        var words = process.StandardError.ReadToEndAsync(stop);
        var (understood, course, trouble) = await Task.Run(() => (ReplayLines.TryRead(Lines(process.StandardOutput), out var c, out _, out var t), c, t), stop);
        if (!understood) Kill(process);
        var said = (await words).Trim();
        await process.WaitForExitAsync(stop);
        return understood && process.ExitCode == 0 ? course
            : throw VerbTrouble.Asked($"{program} cannot replay this day: {(said.Length > 0 ? said[..Math.Min(said.Length, MostWords)] : trouble + '.')}");
    }

    private static Process Start(string program, string dayFile)
    {
        var isLibrary = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : Path.GetFullPath(program)) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (isLibrary) start.ArgumentList.Add(Path.GetFullPath(program));
        foreach (var word in (string[])["replay", dayFile, "--json"]) start.ArgumentList.Add(word);
        try
        {
            return Process.Start(start) ?? throw VerbTrouble.Asked($"{program} cannot be started.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw VerbTrouble.Asked($"{program} cannot be started: {e.Message}.");
        }
    }

    private static IEnumerable<string> Lines(StreamReader output)
    {
        while (output.ReadLine() is { } line) yield return line;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
