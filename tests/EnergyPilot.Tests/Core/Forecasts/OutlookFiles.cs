using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Forecasts;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Core.Forecasts;

public sealed class OutlookFiles
{
    private static readonly DateTimeOffset Five = new(2027, 1, 11, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Comma_separated_hours_are_read_with_their_offset()
    {
        var outlook = Read("# from the weather service\ntime,outdoorC,irradianceWm2,euroPerKwh,gramsPerKwh\n2027-01-11T05:00+01:00,-2.5,0,0.21,60\r\n2027-01-11T05:00Z,-2,10,-0.01,\n");

        outlook.From.ShouldBe(Five);
        outlook.At(Five.AddMinutes(30)).ShouldBe(new OutlookHour(-2.5, 0, 0.21, 60));
        outlook.At(Five.AddHours(1)).ShouldBe(new OutlookHour(-2, 10, -0.01, double.NaN));
        outlook.At(Five.AddHours(2)).ShouldBe(OutlookHour.Unknown);
    }

    [Fact]
    public void Json_says_the_same()
    {
        var outlook = Read("""[{"time": "2027-01-11T05:00+01:00", "outdoorC": -2.5, "euroPerKwh": 0.21}, {"time": "2027-01-11T06:00:00+01:00", "outdoorC": null}]""");

        outlook.From.ShouldBe(Five);
        outlook.Hours.ShouldBe([new(-2.5, double.NaN, 0.21, double.NaN), OutlookHour.Unknown]);
    }

    [Fact]
    public void Hour_that_is_left_out_is_not_known() =>
        Read("time,outdoorC\n2027-01-11T04:00Z,1\n2027-01-11T07:00Z,4\n").Hours.Select(h => h.Outdoor).ShouldBe([1, double.NaN, double.NaN, 4]);

    [Theory]
    [InlineData("time,outdorC\n", "1:6", "outdoorC")]
    [InlineData("outdoorC\n1\n", "1:1", "time")]
    [InlineData("time,outdoorC\n", "", "a row for each hour")]
    [InlineData("time,outdoorC\n2027-01-11T05:00,1\n", "2:1", "offset")]
    [InlineData("time,outdoorC\n2027-01-11T05:30Z,1\n", "2:1", "a whole hour")]
    [InlineData("time,outdoorC\n2027-01-11T05:00Z,warm\n", "2:19", "a number from -60 to 60")]
    [InlineData("time,outdoorC\n2027-01-11T05:00Z,NaN\n", "2:19", "a number from -60 to 60")]
    [InlineData("time,outdoorC\n2027-01-11T05:00Z,99\n", "2:19", "a number from -60 to 60")]
    [InlineData("time,outdoorC\n2027-01-11T05:00Z,1,2\n", "2:1", "as in the heading")]
    [InlineData("time,outdoorC\n2027-01-11T05:00Z,1\n2027-01-11T05:00Z,1\n", "3:1", "in order of time")]
    [InlineData("time,outdoorC\n2027-01-11T05:00Z,1\n2028-01-11T05:00Z,1\n", "3:1", "at most 35 days")]
    [InlineData("[{\"time\": \"2027-01-11T05:00Z\",\n \"outdoor\": 3}]", "2:2", "outdoorC")]
    [InlineData("[{\"time\": \"2027-01-11T05:00Z\",\n \"outdoorC\": \"warm\"}]", "2:14", "a number")]
    [InlineData("[{\"time\": \"2027-01-11T05:00Z\", \"outdoorC\": [1]}]", "1:", "a number")]
    [InlineData("[{\"outdoorC\": 3}]", "1:2", "the beginning of the hour")]
    [InlineData("{\"hours\": []}", "1:1", "a list of hours")]
    [InlineData("[", "", "")]
    [InlineData("<html>", "1:1", "heading")]
    [InlineData("", "1:1", "")]
    public void Mistake_is_said_with_its_place(string text, string place, string expected)
    {
        var parsed = OutlookFile.Parse(new DocumentText("outlook.csv", text));

        parsed.TryGet(out _).ShouldBeFalse();
        parsed.Mistakes[0].ToString().ShouldStartWith($"outlook.csv:{place}");
        parsed.Mistakes[0].ToString().ShouldContain(expected);
    }

    [Fact]
    public void Endless_text_is_not_read() =>
        OutlookFile.Parse(new DocumentText("o", new string('#', OutlookFile.Longest + 1))).Mistakes.ShouldHaveSingleItem().Expected.ToString().ShouldContain("512 kB");

    [Fact]
    public void No_text_throws() => Check.QuickThrowOnFailure(Prop.ForAll(Texts.ToArbitrary(), text =>
    {
        var parsed = OutlookFile.Parse(new DocumentText("o", text));
        return !parsed.TryGet(out var outlook) || outlook.Hours.Length is > 0 and <= 35 * 24 + 1;
    }));

    private static Gen<string> Texts => Gen.Elements("time", "outdoorC", ",", "\n", "2027-01-11T05:00Z", "2027-01-11T06:00+01:00", "-", "1", "[", "{", "}", "]", "\"", ":", " ", "null", "1e309", "\0", "9999-12-31T23:00Z", "0001-01-01T00:00+14:00")
        .ArrayOf().Select(pieces => string.Concat(pieces));

    private static Outlook Read(string text)
    {
        var parsed = OutlookFile.Parse(new DocumentText("outlook", text));
        parsed.Mistakes.ShouldBeEmpty();
        return parsed.TryGet(out var outlook) ? outlook : Outlook.None;
    }
}
