using System.Text;
using EnergyPilot.Io.Tic;

namespace EnergyPilot.Tests.Io.Tic;

/// <summary>Frames out of bytes, with what lines do to them.</summary>
public sealed class TicParserTests
{
    private readonly TicParser parser = new();

    public static TheoryData<string> Whole =>
        [TicSamples.HistoricHours, TicSamples.HistoricBase, TicSamples.HistoricTempo, TicSamples.HistoricThreePhase, TicSamples.StandardSummer];

    [Theory]
    [MemberData(nameof(Whole))]
    public void Published_frame_is_read_without_loss_and_written_again_byte_for_byte(string sample)
    {
        var frame = Take(sample).ShouldHaveSingleItem();

        frame.Groups.Count.ShouldBe(sample.Count(c => c == '\n'));
        parser.Statistics.ShouldBe(new TicStatistics(1, 0, 0, 0));
        Encoding.Latin1.GetString(TicEncoder.Encode(frame)).ShouldBe(sample);
    }

    [Fact]
    public void Standard_frame_of_a_Linky_is_read_but_for_its_hidden_number()
    {
        var frame = Take(TicSamples.Standard).ShouldHaveSingleItem();

        frame.Mode.ShouldBe(TicMode.Standard);
        frame.Groups.Count.ShouldBe(40);
        frame.TryGet("ADSC", out _).ShouldBeFalse();
        parser.Statistics.ShouldBe(new TicStatistics(1, 1, 0, 0));
        var hidden = "\nADSC\tXXXXXXXXXXXX\t?\r";
        Encoding.Latin1.GetString(TicEncoder.Encode(frame)).ShouldBe(TicSamples.Standard.Replace(hidden, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Space_as_a_checksum_is_a_checksum()
    {
        Take(TicSamples.HistoricHours)[0].TryGet("PTEC", out var tariff).ShouldBeTrue();
        tariff.Value.ShouldBe("HP..");
    }

    [Fact]
    public void Date_is_a_time_with_an_empty_value()
    {
        Take("\x02\nDATE\tH190323161039\t\tG\r\x03")[0].TryGet("DATE", out var date).ShouldBeTrue();

        date.Value.ShouldBe("");
        date.Horodate.ShouldNotBeNull().At.ShouldBe(new DateTimeOffset(2019, 3, 23, 15, 10, 39, TimeSpan.Zero));
    }

    [Fact]
    public void Announced_peak_has_a_time_without_season()
    {
        Take(TicSamples.Standard)[0].TryGet("DPM2", out var start).ShouldBeTrue();

        start.Horodate.ShouldBe(new TicHorodate(new DateTimeOffset(2024, 1, 8, 5, 0, 0, TimeSpan.Zero), TicClock.Unstated));
        start.Value.ShouldBe("00");
    }

    [Fact]
    public void Spaces_of_a_value_are_kept()
    {
        Take(TicSamples.Standard)[0].TryGet("LTARF", out var tariff).ShouldBeTrue();

        tariff.Value.ShouldBe("    HP  BLEU    ");
    }

    [Fact]
    public void Right_group_with_a_time_that_is_none_keeps_its_value()
    {
        Take(Frame(TicMode.Standard, "SMAXSN\tE000000000000\t00000"))[0].TryGet("SMAXSN", out var peak).ShouldBeTrue();

        peak.ShouldBe(new TicGroup("SMAXSN", "00000"));
    }

    [Fact]
    public void Group_with_a_wrong_checksum_is_dropped_alone()
    {
        var frame = Take(TicSamples.HistoricBase.Replace("014036028", "014036029", StringComparison.Ordinal)).ShouldHaveSingleItem();

        frame.Groups.Count.ShouldBe(8);
        frame.TryGet("BASE", out _).ShouldBeFalse();
        parser.Statistics.ShouldBe(new TicStatistics(1, 1, 0, 0));
    }

    [Fact]
    public void Parity_bit_of_a_line_read_with_eight_bits_is_ignored()
    {
        var bytes = TicSamples.Bytes(TicSamples.Standard);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] |= (byte)(System.Numerics.BitOperations.PopCount(bytes[i]) % 2 << 7);

        Take(bytes).ShouldHaveSingleItem().Groups.Count.ShouldBe(40);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Pieces_of_any_length_make_the_same_frames(int length)
    {
        var bytes = TicSamples.Bytes(TicSamples.Standard + TicSamples.StandardSummer);

        var frames = bytes.Chunk(length).SelectMany(Take).ToArray();

        frames.Select(frame => frame.Groups.Count).ShouldBe([40, 6]);
    }

    [Fact]
    public void Reading_that_begins_within_a_frame_begins_with_the_next()
    {
        var frames = Take(TicSamples.HistoricHours[70..] + TicSamples.HistoricBase);

        frames.ShouldHaveSingleItem().Groups.Count.ShouldBe(9);
        parser.Statistics.ShouldBe(new TicStatistics(1, 0, 0, 0));
    }

    [Fact]
    public void Frame_cut_by_the_next_is_given_up()
    {
        Take(TicSamples.HistoricHours[..70] + TicSamples.HistoricBase).ShouldHaveSingleItem().Groups.Count.ShouldBe(9);

        parser.Statistics.Aborted.ShouldBe(1);
    }

    [Fact]
    public void Frame_broken_off_by_the_meter_is_given_up()
    {
        Take(TicSamples.HistoricHours[..70] + "\x04" + TicSamples.HistoricHours[70..] + TicSamples.HistoricBase).Count.ShouldBe(1);

        parser.Statistics.Aborted.ShouldBe(1);
    }

    [Fact]
    public void Two_frames_run_together_are_never_mixed()
    {
        var lostBetween = TicSamples.HistoricBase.TrimEnd('\x03') + TicSamples.HistoricBase.TrimStart('\x02');

        Take(lostBetween).ShouldBeEmpty();
        Take(TicSamples.HistoricBase).Count.ShouldBe(1);

        parser.Statistics.ShouldBe(new TicStatistics(1, 0, 0, 1));
    }

    [Fact]
    public void Noise_between_groups_and_frames_is_passed_over()
    {
        var noisy = "xyz\r\n" + TicSamples.HistoricBase.Replace("\r\n", "\rnoise\n", StringComparison.Ordinal) + "\xFF\x00";

        Take(noisy).ShouldHaveSingleItem().Groups.Count.ShouldBe(9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("BASE")]
    [InlineData(" 1 ")]
    [InlineData("base 000000001")]
    [InlineData("LABELTOOLONG 1")]
    [InlineData("BASE \x07\x07")]
    public void Group_of_another_form_is_dropped_alone(string text)
    {
        var group = text.Length > 5 ? text + " " + (char)TicChecksum.Of(TicSamples.Bytes(text)) : text;

        Take(TicSamples.HistoricBase.Replace("\x02", "\x02\n" + group + "\r", StringComparison.Ordinal)).ShouldHaveSingleItem().Groups.Count.ShouldBe(9);

        parser.Statistics.ShouldBe(new TicStatistics(1, 0, 1, 0));
    }

    [Fact]
    public void Group_and_frame_without_end_are_bounded()
    {
        Take("\x02\nMSG1\t" + new string('A', 100_000) + "\r\x03").ShouldBeEmpty();
        parser.Statistics.ShouldBe(new TicStatistics(0, 0, 1, 1));

        var many = Frame(TicMode.Historic, [.. Enumerable.Range(0, 500).Select(n => $"L{n} 1")]);
        Take(many).ShouldBeEmpty();
        parser.Statistics.Aborted.ShouldBe(2);
    }

    [Fact]
    public void Frame_without_a_good_group_is_none()
    {
        Take("\x02\x03").ShouldBeEmpty();

        parser.Statistics.Aborted.ShouldBe(1);
    }

    [Fact]
    public void Modes_are_not_mixed_within_a_frame()
    {
        var frame = Take("\x02\nBASE 014036028 #\r\nPREF\t12\tB\r\x03").ShouldHaveSingleItem();

        frame.Mode.ShouldBe(TicMode.Historic);
        frame.Groups.Count.ShouldBe(1);
        parser.Statistics.Malformed.ShouldBe(1);
    }

    [Fact]
    public void Meter_that_changes_its_mode_is_followed()
    {
        Take(TicSamples.HistoricBase + TicSamples.StandardSummer).Select(frame => frame.Mode).ShouldBe([TicMode.Historic, TicMode.Standard]);
    }

    /// <summary>The checksum has six bits and misses the seventh of a character, but then a digit becomes a letter.</summary>
    [Fact]
    public void One_flipped_bit_never_makes_another_number()
    {
        foreach (var sample in new[] { TicSamples.Standard, TicSamples.HistoricTempo })
        {
            var bytes = TicSamples.Bytes(sample);
            var truth = Take(bytes).ShouldHaveSingleItem();
            for (var bit = 0; bit < 8 * bytes.Length; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
                foreach (var group in new TicParser().TakeAll(bytes).SelectMany(frame => frame.Groups))
                    if (TicMeaning.TryFind(group.Label, out var meaning) && meaning.TryRead(group.Value, out var value))
                    {
                        truth.TryRead(group.Label, out var right).ShouldBeTrue(group.Label);
                        value.ShouldBe(right, group.Label);
                    }

                bytes[bit / 8] ^= (byte)(1 << bit % 8);
            }
        }
    }

    [Fact]
    public void Texts_that_do_not_change_are_made_once()
    {
        var bytes = TicSamples.Bytes(TicSamples.Standard);
        Take(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        ReadOnlySpan<byte> rest = bytes;
        parser.TryTake(ref rest, out _).ShouldBeTrue();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4_000);
    }

    private List<TicFrame> Take(string text) => Take(TicSamples.Bytes(text));

    private List<TicFrame> Take(byte[] bytes) => parser.TakeAll(bytes);

    private static string Frame(TicMode mode, params string[] fields) =>
        "\x02" + string.Concat(fields.Select(text => mode == TicMode.Standard
            ? $"\n{text}\t{(char)TicChecksum.Of(TicSamples.Bytes(text + "\t"))}\r"
            : $"\n{text} {(char)TicChecksum.Of(TicSamples.Bytes(text))}\r")) + "\x03";
}
