using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>Real frames with what libmbus reads from them (Frames/SOURCE.md).</summary>
internal sealed record RecordedFrame(string Name, byte[] Bytes, string[] Header, string[][] Records)
{
    public static IReadOnlyList<RecordedFrame> All { get; } = [.. Read()];

    public static RecordedFrame Named(string name) => All.Single(frame => frame.Name == name);

    private static IEnumerable<RecordedFrame> Read()
    {
        var text = File.ReadAllText(Path.Combine(SchoolFiles.Root, "tests/EnergyPilot.Tests/Io/MBus/Frames/frames.txt"));
        foreach (var block in text.Split("= ", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            yield return new(lines[0], Convert.FromHexString(lines[1].Replace(" ", "")), lines[2].Split('|')[1..],
                [.. lines[3..].Select(line => line.Split('|')[1..])]);
        }
    }
}
