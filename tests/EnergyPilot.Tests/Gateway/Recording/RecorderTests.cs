using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Core.Control;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Recording;

public sealed class RecorderTests : IDisposable
{
    private static readonly Site Site = SchoolFiles.DemoSite;
    private static readonly DateTimeOffset Six = Site.Instant(new DateTime(2026, 11, 23, 6, 0, 0));
    private readonly StoreFolder folder = new();

    private string Today => Day("2026-11-23");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_day_cut_at_any_byte_is_readable_up_to_there()
    {
        using (var recorder = Recorder()) Live(recorder, Memory.Empty, Six, 100);
        var file = File.ReadAllBytes(Today);
        var whole = Cycles(file);
        whole.Length.ShouldBe(100);

        var counts = Enumerable.Range(DayFile.Signature.Length, file.Length - DayFile.Signature.Length).Where(n => n % 7 == 0 || n > file.Length - 50).Select(length =>
        {
            var cut = Cycles(file[..length]);
            cut.Zip(whole).ShouldAllBe(x => CycleCodecTests.Same(x.First, x.Second));
            return cut.Length;
        }).ToArray();

        counts.ShouldBeInOrder();
        counts.Distinct().Count().ShouldBeGreaterThan(3);
        counts[^1].ShouldBeLessThan(100);
    }

    [Fact]
    public void A_damaged_byte_costs_what_stands_behind_it()
    {
        using (var recorder = Recorder()) Live(recorder, Memory.Empty, Six, 60);
        var file = File.ReadAllBytes(Today);
        var whole = Cycles(file);
        Law.Holds(chance =>
        {
            var damaged = file.ToArray();
            damaged[chance.Next(DayFile.Signature.Length, file.Length)] ^= (byte)chance.Next(1, 256);

            var read = Cycles(damaged);

            read.Length.ShouldBeLessThan(whole.Length);
            read.Zip(whole).ShouldAllBe(x => CycleCodecTests.Same(x.First, x.Second));
        }, cases: 200);
    }

    [Fact]
    public void After_a_power_cut_the_day_goes_on_in_a_new_section_with_its_memory()
    {
        Memory memory;
        using (var recorder = Recorder()) memory = Live(recorder, Memory.Empty, Six, 60);
        using (var stream = File.OpenWrite(Today)) stream.SetLength(stream.Length - 5);

        using (var recorder = Recorder())
        {
            recorder.From(memory);
            Live(recorder, memory, Six.AddHours(1), 10);
        }

        var day = RecordedDay.Open(Today);
        day.LostBytes.ShouldBe(0);
        day.Sections.Select(s => s.Cycles.Count()).ShouldBe([31, 10]);
        day.Sections[1].Header.Memory.At.ShouldBe(memory.At);
        day.Sections[1].Header.Sources.Site.Text.ShouldBe(SchoolFiles.Demo.Text);
    }

    [Fact]
    public void What_was_written_is_there_without_an_orderly_end()
    {
        using var recorder = Recorder();
        Live(recorder, Memory.Empty, Six, 65);

        RecordedDay.Open(Today).Sections.ShouldHaveSingleItem().Cycles.Count().ShouldBe(61, "every five minutes all that there is");
    }

    [Fact]
    public void Midnight_of_the_school_begins_a_new_file()
    {
        using (var recorder = Recorder()) Live(recorder, Memory.Empty, Site.Instant(new DateTime(2026, 11, 23, 23, 59, 30)), 6);

        RecordedDay.Open(Today).Sections.Single().Cycles.Count().ShouldBe(3);
        var next = RecordedDay.Open(Day("2026-11-24")).Sections.Single();
        next.Cycles.Count().ShouldBe(3);
        next.Header.Memory.At.ShouldBe(Site.Instant(new DateTime(2026, 11, 23, 23, 59, 50)));
    }

    [Fact]
    public void A_site_that_is_changed_begins_a_new_section_with_its_files_and_the_memory_that_the_control_had()
    {
        var (cooler, next) = (SchoolFiles.Sources(SchoolFiles.Demo.Text.Replace("comfort: 19 °C", "comfort: 18 °C", StringComparison.Ordinal)), SchoolFiles.Sources(SchoolFiles.Demo.Text));
        SiteFile.Parse(cooler).TryGet(out var other).ShouldBeTrue();
        using (var recorder = Recorder())
        {
            var memory = Live(recorder, Memory.Empty, Six, 2, new(Site, next, 0));
            memory = Live(recorder, memory, Six.AddSeconds(20), 2, new(other.ShouldNotBeNull(), cooler, 1));
            Live(recorder, memory, Six.AddSeconds(40), 1, new(Site, next, 2));
        }

        var day = RecordedDay.Open(Today);
        day.Sections.Select(s => s.Cycles.Count()).ShouldBe([2, 2, 1]);
        day.Sections[1].Header.Sources.Site.Text.ShouldContain("comfort: 18 °C");
        day.Sections[1].Header.Memory.At.ShouldBe(Six.AddSeconds(10));
        day.Sections[2].Header.Sources.Site.Text.ShouldContain("comfort: 19 °C");
        EnergyPilot.Gateway.Replaying.Replay.Run(day, section => SiteFile.Parse(section.Header.Sources).TryGet(out var read) ? read : Site, new EnergyPilot.Gateway.Replaying.Course(), TestContext.Current.CancellationToken).IsExact.ShouldBeTrue();
    }

    [Fact]
    public void After_cycles_that_were_lost_a_new_section_begins_with_the_memory_that_the_control_had()
    {
        using (var recorder = Recorder())
        using (var nobody = new Recorder(Path.Combine(folder.Path, "elsewhere"), SchoolFiles.Sources(SchoolFiles.Demo.Text), new RecorderOptions(), NullLogger.Instance))
        {
            var memory = Live(recorder, Memory.Empty, Six, 20);
            memory = Live(nobody, memory, Six.AddMinutes(10), 20);
            recorder.AfterLoss();
            Live(recorder, memory, Six.AddMinutes(20), 20);
        }

        var day = RecordedDay.Open(Today);
        day.Sections.Select(s => s.Cycles.Count()).ShouldBe([20, 19]);
        day.Sections[1].Header.Memory.At.ShouldBe(Six.AddMinutes(20));
    }

    [Fact]
    public void A_card_that_takes_nothing_is_said_once_and_costs_the_recording_only()
    {
        var log = new LogLines();
        var days = Path.Combine(folder.Path, "days");
        File.WriteAllText(days, "");
        using var recorder = Recorder(log);

        var memory = Live(recorder, Memory.Empty, Six, 100);
        log.All.Count.ShouldBe(1);

        File.Delete(days);
        Live(recorder, memory, Six.AddSeconds(1000), 100);
        log.All.Count.ShouldBe(1);
        RecordedDay.Open(Today).Sections.Single().Cycles.Count().ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Days_are_kept_for_two_weeks()
    {
        using var recorder = Recorder();
        for (var day = 0; day < 20; day++) Live(recorder, Memory.Empty, Six.AddDays(day), 1);

        Directory.EnumerateFiles(Path.Combine(folder.Path, "days")).Count().ShouldBe(14);
        recorder.Forget();
        Directory.Exists(Path.Combine(folder.Path, "days")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("EnergyPilot day, format 2\n", "format that this program does not know")]
    [InlineData("", "no recorded day")]
    [InlineData("PNG", "no recorded day")]
    public void What_is_no_day_of_this_format_is_said(string content, string sentence)
    {
        RecordedDay.TryParse(System.Text.Encoding.UTF8.GetBytes(content), out _, out var trouble).ShouldBeFalse();
        trouble.ShouldContain(sentence);
    }

    [Fact]
    public void A_memory_of_another_version_is_said()
    {
        byte[] file = [.. DayFile.Signature, .. DayFile.Pack(FrameKind.Section, """{"program":"9.9.9"}"""u8)];
        RecordedDay.TryParse(file, out _, out var trouble).ShouldBeFalse();
        trouble.ShouldContain("another version");
    }

    [Fact]
    public void A_file_of_another_format_is_set_aside_before_a_day_is_written()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "days"));
        File.WriteAllText(Today, "EnergyPilot day, format 2\nand more");
        using (var recorder = Recorder()) Live(recorder, Memory.Empty, Six, 5);

        File.ReadAllText(Today + ".other").ShouldContain("format 2");
        RecordedDay.Open(Today).Sections.Single().Cycles.Count().ShouldBe(5);
    }

    private static RecordedCycle[] Cycles(byte[] file) =>
        RecordedDay.TryParse(file, out var day, out _) ? [.. day.Sections.SelectMany(s => s.Cycles)] : [];

    private string Day(string day) => Path.Combine(folder.Path, "days", day + ".day");

    private Recorder Recorder(Microsoft.Extensions.Logging.ILogger? log = null) =>
        new(folder.Path, SchoolFiles.Sources(SchoolFiles.Demo.Text), new RecorderOptions(), log ?? NullLogger.Instance);

    private static Memory Live(Recorder recorder, Memory memory, DateTimeOffset from, int cycles, SiteEdition? edition = null)
    {
        var site = edition?.Site ?? Site;
        var chance = new Random(1);
        for (var n = 0; n < cycles; n++)
        {
            var at = from.AddSeconds(10 * n);
            var readings = Site.Points.Values.ToDictionary(p => p.Id, _ => Reading.Good(Math.Round(17 + 3 * chance.NextDouble(), 2), at));
            var snapshot = new Snapshot(at, readings, []);
            var decision = Pilot.Decide(site, snapshot, memory);
            recorder.Take(new CycleRecord(site, snapshot, decision) { Sources = edition?.Sources });
            memory = decision.Memory;
        }

        return memory;
    }
}
