using EnergyPilot.Io.MBus;

namespace EnergyPilot.Tests.Io.MBus;

public sealed class MeaningTests
{
    [Theory]
    [InlineData("10 40 03 43 16", "meter 3: forget the state of the link")]
    [InlineData("10 7B 03 7E 16", "meter 3: what are your data?")]
    [InlineData("10 5B FD 58 16", "selected meter: what are your data?")]
    [InlineData("E5", "acknowledged")]
    [InlineData("68 0B 0B 68 53 FD 52 42 41 00 67 2D 2C 08 04 F1 16", "select 67004142.KAM.08.04")]
    [InlineData("68 3D", "part of a telegram, or noise")]
    [InlineData("FF 00 FF", "part of a telegram, or noise")]
    [InlineData("", "part of a telegram, or noise")]
    public void Frames_are_told_in_words(string bytes, string meaning) =>
        MBusMeaning.Of(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal))).ShouldBe(meaning);

    [Fact]
    public void A_recorded_telegram_says_whose_it_is_and_how_much_it_holds() =>
        MBusMeaning.Of(RecordedFrame.Named("kamstrup_382_005").Bytes).ShouldMatch(@"^meter \d+: \d+ records of [0-9A-F]{8}\.KAM\.");
}
