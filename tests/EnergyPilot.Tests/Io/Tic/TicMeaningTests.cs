using EnergyPilot.Io.Tic;

namespace EnergyPilot.Tests.Io.Tic;

/// <summary>Numbers, times and registers out of texts.</summary>
public sealed class TicMeaningTests
{
    [Theory]
    [InlineData("EAST", 50_019_226, TicUnit.WattHours, TicAccumulation.Cumulative)]
    [InlineData("EASF02", 26_587_270, TicUnit.WattHours, TicAccumulation.Cumulative)]
    [InlineData("EASD04", 2_209_410, TicUnit.WattHours, TicAccumulation.Cumulative)]
    [InlineData("IRMS1", 17, TicUnit.Amperes, TicAccumulation.Momentary)]
    [InlineData("URMS1", 227, TicUnit.Volts, TicAccumulation.Momentary)]
    [InlineData("PREF", 12_000, TicUnit.VoltAmperes, TicAccumulation.Momentary)]
    [InlineData("PCOUP", 12_000, TicUnit.VoltAmperes, TicAccumulation.Momentary)]
    [InlineData("SINSTS", 3_900, TicUnit.VoltAmperes, TicAccumulation.Momentary)]
    [InlineData("SMAXSN-1", 9_941, TicUnit.VoltAmperes, TicAccumulation.Momentary)]
    [InlineData("CCASN", 3_594, TicUnit.Watts, TicAccumulation.Momentary)]
    [InlineData("UMOY1", 225, TicUnit.Volts, TicAccumulation.Momentary)]
    [InlineData("NTARF", 2, TicUnit.Number, TicAccumulation.Momentary)]
    public void Standard_label_has_its_number(string label, double expected, TicUnit unit, TicAccumulation accumulation) =>
        Says(TicSamples.Standard, label, expected, unit, accumulation);

    [Theory]
    [InlineData("BBRHCJB", 44_659_149, TicUnit.WattHours, TicAccumulation.Cumulative)]
    [InlineData("ISOUSC", 90, TicUnit.Amperes, TicAccumulation.Momentary)]
    [InlineData("IINST", 22, TicUnit.Amperes, TicAccumulation.Momentary)]
    [InlineData("PAPP", 5_240, TicUnit.VoltAmperes, TicAccumulation.Momentary)]
    public void Historic_label_has_its_number(string label, double expected, TicUnit unit, TicAccumulation accumulation) =>
        Says(TicSamples.HistoricTempo, label, expected, unit, accumulation);

    [Theory]
    [InlineData("IMAX3", 30, TicUnit.Amperes)]
    [InlineData("PMAX", 12_780, TicUnit.Watts)]
    public void Three_phase_meter_has_its_numbers(string label, double expected, TicUnit unit) =>
        Says(TicSamples.HistoricThreePhase, label, expected, unit, TicAccumulation.Momentary);

    [Theory]
    [InlineData("BASE HCHC HCHP EJPHN EJPHPM BBRHCJB BBRHPJB BBRHCJW BBRHPJW BBRHCJR BBRHPJR EAST EAIT")]
    [InlineData("EASF01 EASF02 EASF03 EASF04 EASF05 EASF06 EASF07 EASF08 EASF09 EASF10 EASD01 EASD02 EASD03 EASD04")]
    [InlineData("ERQ1 ERQ2 ERQ3 ERQ4")]
    public void Every_index_is_cumulative(string labels)
    {
        foreach (var label in labels.Split(' '))
        {
            TicMeaning.TryFind(label, out var meaning).ShouldBeTrue(label);
            meaning.Accumulation.ShouldBe(TicAccumulation.Cumulative, label);
        }
    }

    [Theory]
    [InlineData("PEJP ISOUSC IINST IINST1 IINST2 IINST3 IMAX IMAX1 IMAX2 IMAX3 PAPP PMAX ADPS ADIR1 ADIR2 ADIR3")]
    [InlineData("IRMS1 IRMS2 IRMS3 URMS1 URMS2 URMS3 UMOY1 UMOY2 UMOY3 PREF PCOUP SINSTS SINSTS1 SINSTS2 SINSTS3 SINSTI")]
    [InlineData("SMAXSN SMAXSN1 SMAXSN2 SMAXSN3 SMAXSN-1 SMAXSN1-1 SMAXSN2-1 SMAXSN3-1 SMAXIN SMAXIN-1 CCASN CCASN-1 CCAIN CCAIN-1")]
    public void Every_other_number_is_momentary(string labels)
    {
        foreach (var label in labels.Split(' '))
        {
            TicMeaning.TryFind(label, out var meaning).ShouldBeTrue(label);
            meaning.Accumulation.ShouldBe(TicAccumulation.Momentary, label);
        }
    }

    [Theory]
    [InlineData("ADCO")]
    [InlineData("PTEC")]
    [InlineData("STGE")]
    [InlineData("DATE")]
    [InlineData("PRM")]
    [InlineData("RELAIS")]
    [InlineData("UNKNOWN")]
    public void Texts_and_registers_have_no_number(string label) => TicMeaning.TryFind(label, out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData(" 12")]
    [InlineData("-12")]
    [InlineData("1.5")]
    [InlineData("p12")]
    [InlineData("1234567890")]
    public void Text_that_is_no_number_is_none(string text)
    {
        TicMeaning.TryFind("EAST", out var meaning);

        meaning.TryRead(text, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("H240107175810", "2024-01-07T16:58:10Z", TicClock.Good)]
    [InlineData("E220422144756", "2022-04-22T12:47:56Z", TicClock.Good)]
    [InlineData("e220422144756", "2022-04-22T12:47:56Z", TicClock.Degraded)]
    [InlineData("h240107175810", "2024-01-07T16:58:10Z", TicClock.Degraded)]
    [InlineData(" 240708060000", "2024-07-08T04:00:00Z", TicClock.Unstated)]
    // The doubled hour of the last Sunday of October is told apart by its letter.
    [InlineData("E241027023000", "2024-10-27T00:30:00Z", TicClock.Good)]
    [InlineData("H241027023000", "2024-10-27T01:30:00Z", TicClock.Good)]
    [InlineData(" 241027023000", "2024-10-27T00:30:00Z", TicClock.Unstated)]
    [InlineData(" 241027030000", "2024-10-27T02:00:00Z", TicClock.Unstated)]
    [InlineData(" 240331015959", "2024-03-31T00:59:59Z", TicClock.Unstated)]
    [InlineData(" 240331030000", "2024-03-31T01:00:00Z", TicClock.Unstated)]
    public void Horodate_is_an_instant(string text, string utc, TicClock clock)
    {
        TicHorodate.TryParse(TicSamples.Bytes(text), out var horodate).ShouldBeTrue();

        horodate.ShouldBe(new TicHorodate(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), clock));
        horodate.At.Offset.ShouldBe(TimeSpan.Zero);
        horodate.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("H24010717581")]
    [InlineData("S240107175810")]
    [InlineData("H241307175810")]
    [InlineData("H230229175810")]
    [InlineData("H240107245810")]
    [InlineData("H240107176010")]
    [InlineData("H24010717581x")]
    [InlineData("H2401071758-1")]
    [InlineData("E000000000000")]
    public void Text_that_is_no_time_is_none(string text) => TicHorodate.TryParse(TicSamples.Bytes(text), out _).ShouldBeFalse();

    [Fact]
    public void Status_of_a_Tempo_meter_is_decoded()
    {
        TicStatus.TryParse("013AC401", out var status).ShouldBeTrue();

        status.IsContactOpen.ShouldBeTrue();
        status.CutOff.ShouldBe(TicCutOff.Closed);
        status.IsCoverOpen.ShouldBeFalse();
        status.HasOvervoltage.ShouldBeFalse();
        status.ExceedsReferencePower.ShouldBeFalse();
        status.IsProducer.ShouldBeFalse();
        status.FlowsBack.ShouldBeFalse();
        // The same frame says NTARF 02 and "HP BLEU".
        status.SupplierIndex.ShouldBe(2);
        status.DistributorIndex.ShouldBe(4);
        status.Clock.ShouldBe(TicClock.Good);
        status.Mode.ShouldBe(TicMode.Standard);
        status.Today.ShouldBe(TicColour.Blue);
        status.Tomorrow.ShouldBe(TicColour.None);
        status.AnnouncedPeak.ShouldBe(0);
        status.RunningPeak.ShouldBe(0);
    }

    [Fact]
    public void Status_with_every_field_at_its_highest_is_decoded()
    {
        TicStatus.TryParse("FFFFFFFC", out var status).ShouldBeTrue();

        status.IsContactOpen.ShouldBeFalse();
        status.CutOff.ShouldBe(TicCutOff.OpenOnHeatLowCurrent);
        status.SupplierIndex.ShouldBe(16);
        status.Clock.ShouldBe(TicClock.Degraded);
        status.Tomorrow.ShouldBe(TicColour.Red);
        status.AnnouncedPeak.ShouldBe(3);
        status.RunningPeak.ShouldBe(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("13AC401")]
    [InlineData("013AC401F")]
    [InlineData("013AC40G")]
    public void Text_that_is_no_status_is_none(string text) => TicStatus.TryParse(text, out _).ShouldBeFalse();

    private static void Says(string sample, string label, double expected, TicUnit unit, TicAccumulation accumulation)
    {
        var frame = new TicParser().TakeAll(TicSamples.Bytes(sample)).ShouldHaveSingleItem();

        frame.TryRead(label, out var value).ShouldBeTrue();
        value.ShouldBe(expected);
        TicMeaning.TryFind(label, out var meaning).ShouldBeTrue();
        (meaning.Unit, meaning.Accumulation).ShouldBe((unit, accumulation));
    }
}
