using EnergyPilot.Io.MBus;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>Frames out of streams of bytes. Clauses: EN 13757-2, frame formats FT 1.2.</summary>
public sealed class FrameReaderTests
{
    private static readonly byte[] Request = [0x10, 0x5B, 0x01, 0x5C, 0x16];
    private static readonly byte[] Select = [0x68, 0x0B, 0x0B, 0x68, 0x53, 0xFD, 0x52, 0x78, 0x56, 0x34, 0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xB2, 0x16];

    [Fact]
    public void Single_character_is_a_frame() => Read([0xE5]).ShouldBe(["Acknowledge"]);

    [Fact]
    public void Short_and_long_frames_are_read() => Read([.. Request, .. Select]).ShouldBe(["ShortFrame 5B 01 ", "LongFrame 53 FD 5278563412FFFFFFFF"]);

    [Fact]
    public void Long_frame_without_data_is_a_control_frame() =>
        Read([0x68, 3, 3, 0x68, 0x53, 0x01, 0x50, 0xA4, 0x16]).ShouldBe(["ControlFrame 53 01 50"]);

    [Fact]
    public void What_was_written_is_read()
    {
        var bytes = new byte[MBusFrame.MaxLength];
        Read(bytes.AsSpan(0, MBusFrame.WriteShort(0x5B, 1, bytes))).ShouldBe(["ShortFrame 5B 01 "]);
        bytes[..5].ShouldBe(Request);
        Read(bytes.AsSpan(0, MBusFrame.WriteLong(0x53, 0xFD, Select.AsSpan(6, 9), bytes))).ShouldBe(["LongFrame 53 FD 5278563412FFFFFFFF"]);
        bytes[..17].ShouldBe(Select);
        MBusFrame.WriteLong(8, 1, new byte[MBusFrame.MaxApplication], bytes).ShouldBe(MBusFrame.MaxLength);
        Read(bytes).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 0x69)]
    [InlineData(1, 0x0C)]
    [InlineData(2, 0x0A)]
    [InlineData(3, 0x67)]
    [InlineData(7, 0x79)]
    [InlineData(15, 0xB3)]
    [InlineData(16, 0x17)]
    public void One_wrong_byte_is_no_frame(int at, byte value)
    {
        var wrong = Select.ToArray();
        wrong[at] = value;

        Read(wrong).ShouldNotContain(frame => frame.StartsWith("LongFrame", StringComparison.Ordinal));
    }

    [Fact]
    public void Frame_after_any_noise_is_found() => Prop.ForAll(Noise(), noise =>
    {
        // Noise may hold something that looks like the beginning of a long frame and hides what follows until more is heard.
        var reader = new MBusFrameReader();
        reader.Append([.. noise, .. Select]);
        var found = new List<string>();
        while (reader.TryReadLast(out var frame))
            found.Add(Show(frame));
        return found.Count > 0 && found[^1] == "LongFrame 53 FD 5278563412FFFFFFFF";
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pieces_of_any_size_make_the_same_frames() => Prop.ForAll(Gen.Choose(1, 30).ToArbitrary(), size =>
    {
        byte[] stream = [.. Request, 0x68, 0x10, 0x55, .. Select, 0xE5, .. Request];
        var reader = new MBusFrameReader();
        var found = new List<string>();
        foreach (var piece in stream.Chunk(size))
        {
            reader.Append(piece);
            while (reader.TryRead(out var frame))
                found.Add(Show(frame));
        }

        return found.SequenceEqual(["ShortFrame 5B 01 ", "LongFrame 53 FD 5278563412FFFFFFFF", "Acknowledge", "ShortFrame 5B 01 "]) && reader.Skipped == 3;
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<byte[]> Noise() =>
        Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(0x68, 0x10, 0x16, 0x0B)).Select(number => (byte)number).ArrayOf().Where(noise => noise.Length < 200).ToArbitrary();

    private static List<string> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MBusFrameReader();
        reader.Append(bytes).ShouldBe(bytes.Length);
        var found = new List<string>();
        while (reader.TryRead(out var frame))
            found.Add(Show(frame));
        return found;
    }

    private static string Show(in MBusFrame frame) => frame.Kind == MBusFrameKind.Acknowledge
        ? "Acknowledge"
        : $"{frame.Kind} {frame.Control:X2} {frame.Address:X2} {Convert.ToHexString(frame.Application)}";
}
