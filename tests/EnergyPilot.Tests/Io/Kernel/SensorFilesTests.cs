using EnergyPilot.Io.Kernel;

namespace EnergyPilot.Tests.Io.Kernel;

/// <summary>Both kinds of files keep the same promises.</summary>
public sealed class SensorFilesTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("energypilot-sys").FullName;

    public enum Kind
    {
        Linux,
        Memory,
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData(Kind.Linux)]
    [InlineData(Kind.Memory)]
    public void Files_are_read_and_listed(Kind kind)
    {
        var files = With(kind, ("w1/28-2/temperature", "19250\n"), ("w1/28-1/temperature", "20000\n"), ("w1/driver", "w1_therm\n"));
        var buffer = new byte[64];

        files.TryRead("w1/28-2/temperature", buffer, out var length).ShouldBeTrue();

        buffer[..length].ShouldBe("19250\n"u8.ToArray());
        files.List("w1").ShouldBe(["28-1", "28-2", "driver"]);
        files.List("w1/28-1").ShouldBe(["temperature"]);
        files.List("nothing").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Kind.Linux)]
    [InlineData(Kind.Memory)]
    public void Missing_files_and_folders_cannot_be_read(Kind kind)
    {
        var files = With(kind, ("w1/28-2/temperature", "19250\n"));

        files.TryRead("w1/28-3/temperature", new byte[8], out _).ShouldBeFalse();
        files.TryRead("w1", new byte[8], out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Kind.Linux)]
    [InlineData(Kind.Memory)]
    public void Paths_that_leave_the_root_are_refused(Kind kind)
    {
        var files = With(kind, ("w1/28-2/temperature", "19250\n"));

        Should.Throw<ArgumentException>(() => files.TryRead("../secret", new byte[8], out _));
        Should.Throw<ArgumentException>(() => files.TryRead("w1/../../secret", new byte[8], out _));
        Should.Throw<ArgumentException>(() => files.List(".."));
    }

    [Fact]
    public void Neighbour_with_the_same_beginning_is_outside() =>
        Should.Throw<ArgumentException>(() => new LinuxSensorFiles(root).TryRead($"../{Path.GetFileName(root)}2/secret", new byte[8], out _));

    [Fact]
    public void Absolute_path_is_taken_from_the_root() =>
        new LinuxSensorFiles(root).TryRead("/etc/passwd", new byte[8], out _).ShouldBeFalse();

    private ISensorFiles With(Kind kind, params (string Path, string Text)[] contents)
    {
        var memory = new MemorySensorFiles();
        foreach (var (path, text) in contents)
        {
            memory.Write(path, System.Text.Encoding.ASCII.GetBytes(text));
            var file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? root);
            File.WriteAllText(file, text);
        }

        return kind == Kind.Linux ? new LinuxSensorFiles(root) : memory;
    }
}
