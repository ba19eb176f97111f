using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Gateway.Replaying;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Simulation;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.EndToEnd;
using EnergyPilot.Tests.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Days;

/// <summary>A morning of the demo school, recorded and decided again.</summary>
public sealed class ReplayedDays : IAsyncLifetime
{
    private readonly StoreFolder folder = new();
    private readonly SchoolLife life = new("2026-01-12 16:00");

    private string Tuesday => Path.Combine(folder.Path, "days", "2026-01-13.day");

    public async ValueTask InitializeAsync()
    {
        await life.Until("2026-01-13 04:00");
        life.School.Inject(Fault.TryParse("silent:room-cp", out var fault) ? fault : throw new InvalidOperationException());
        life.Overrides = [new(1, new ZoneId("cm1"), new(20), "Chloé", life.At("2026-01-13 05:00"), life.At("2026-01-13 07:00"), "“essai”")];
        await life.Until("2026-01-13 09:30");
        using var recorder = new Recorder(folder.Path, SchoolFiles.Sources(SchoolFiles.Demo.Text), new RecorderOptions(), NullLogger.Instance);
        foreach (var record in life.Between("2026-01-12 16:00", "2026-01-13 10:00")) recorder.Take(record);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_recorded_day_is_decided_again_to_the_last_bit()
    {
        var fidelity = Replayed(SchoolFiles.DemoSite, out _);

        fidelity.Cycles.ShouldBe(571);
        fidelity.Identical.ShouldBe(571);
    }

    [Fact]
    public void A_recorded_day_is_small()
    {
        var sizes = Frames(Tuesday).GroupBy(f => DayFile.Kind(f)).ToDictionary(f => f.Key, f => f.Sum(frame => frame.Length));

        (sizes[FrameKind.Cycles] / 571.0 * 8640).ShouldBeLessThan(1_000_000, "bytes for a day of 8640 cycles, for the wear of the card");
        (sizes[FrameKind.Decisions] / 9.5 * 24).ShouldBeLessThan(100_000, "bytes for a day of decisions, however many cycles it has");
    }

    [Fact]
    public void Another_setpoint_shows_as_what_would_differ()
    {
        var warmer = SchoolFiles.Parse(SchoolFiles.Demo.Text.Replace("comfort: 19 °C", "comfort: 18 °C", StringComparison.Ordinal)).TryGet(out var site) ? site : throw new InvalidOperationException();
        Replayed(SchoolFiles.DemoSite, out var was);
        Replayed(warmer, out var wouldBe).IsExact.ShouldBeFalse();

        var differences = Difference.Between(was, wouldBe);

        differences.ShouldContain(d => d.Subject.Name == "zone/ce1.setpoint" && d.Was.Value == 19 && d.WouldBe.Value == 18 && d.Was.Code == nameof(ReasonCode.InUse));
        differences.ShouldNotContain(d => d.Subject.Name == "zone/gym.setpoint" && d.To < life.At("2026-01-13 04:30"));
        var text = new ReplayText(warmer, was, wouldBe, ReplayText.WouldDiffer);
        text.Differences(differences).ShouldContain("Classe 2 (CE1) (ce1), setpoint: 19.0 °C → 18.0 °C");
        text.Summary().Plain().ShouldContain("Classe 2 (CE1)");
    }

    [Fact]
    public void Lines_for_programs_say_the_same_course()
    {
        var fidelity = Replayed(SchoolFiles.DemoSite, out var course);
        using var lines = new StringWriter();
        ReplayLines.Write(lines, "2026-01-13", course, fidelity);

        ReplayLines.TryRead(lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), out var read, out var again, out var trouble).ShouldBeTrue(trouble);

        again.ShouldBe(fidelity);
        Difference.Between(course, read).ShouldBeEmpty();
        read.Subjects.Count().ShouldBe(course.Subjects.Count());
    }

    [Theory]
    [InlineData("", "too early")]
    [InlineData("{\"replay\":2,\"program\":\"9\",\"day\":\"x\"}", "format 2")]
    [InlineData("Unknown verb", "does not write the lines")]
    public void Other_lines_are_refused(string line, string sentence)
    {
        ReplayLines.TryRead(line.Length == 0 ? [] : [line], out _, out _, out var trouble).ShouldBeFalse();
        trouble.ShouldContain(sentence);
    }

    [Fact]
    public async Task The_verb_compares_two_programs_and_two_sites()
    {
        var (code, output) = await GatewayProcess.Ran("replay", Tuesday, "--with", Path.Combine(AppContext.BaseDirectory, "energypilot.dll"));
        output.ShouldContain("identical: 571 cycles");
        output.ShouldContain("nothing would differ");
        code.ShouldBe(0);

        var other = Path.Combine(folder.Path, "other.yaml");
        await File.WriteAllTextAsync(other, SchoolFiles.Demo.Text.Replace("comfort: 19 °C", "comfort: 18 °C", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (code, output) = await GatewayProcess.Ran("replay", "2026-01-13", "--data", folder.Path, "--with", other);
        output.ShouldContain("setpoint: 19.0 °C → 18.0 °C");
        output.ShouldContain(ReplayText.OpenLoop);
        code.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_decided_otherwise_then_is_told_with_both_sentences()
    {
        var (from, to) = (life.At("2026-01-13 06:10"), life.At("2026-01-13 06:40"));
        var path = Recorded("other", record => record.Decision.At < from || record.Decision.At >= to ? record : record with
        {
            Decision = record.Decision with { Targets = [.. record.Decision.Targets.Select(t => t.Zone.Name != "ce1" ? t : t with { Setpoint = new(21.3), Reason = ByHand })] },
        });

        var (code, output) = await GatewayProcess.Ran("replay", path);

        code.ShouldBe(0);
        output.ShouldContain("30 of 571 cycles are decided otherwise, the first at 06:10:00");
        output.ShouldContain("06:20:00–06:40:00  Classe 2 (CE1) (ce1), setpoint: 21.3 °C → 19.0 °C");
        output.ShouldContain("    then:     Set by hand to 21.3 °C by Chloé");
        output.ShouldContain("    now:      Warming up to reach 19.0 °C by 08:30");
        output.Split('\n').Count(line => line.Contains("then: ", StringComparison.Ordinal)).ShouldBe(2, "the room is empty first, then warms up, and nothing else differs");
    }

    [Fact]
    public async Task A_recording_of_fingerprints_alone_says_how_many_cycles_differ()
    {
        var path = WithoutDecisions(Recorded("old", record => record with { Decision = record.Decision with { Supplies = [] } }));

        var (code, output) = await GatewayProcess.Ran("replay", path);

        code.ShouldBe(0);
        output.ShouldContain("571 of 571 cycles are decided otherwise");
        output.ShouldContain("kept a fingerprint of each decision and no more");
        output.ShouldNotContain("then:");
        Replayed(SchoolFiles.DemoSite, out _, WithoutDecisions(Tuesday)).IsExact.ShouldBeTrue();
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_a_sentence()
    {
        foreach (var (words, sentence) in ((string[], string)[])[
            (["replay", "2026-01-20", "--data", folder.Path], "2026-01-13"),
            (["replay", "yesterday", "--data", folder.Path], "'yesterday' is neither"),
            (["replay", Tuesday, "--with", "/no/such/file"], "no such file"),
            (["replay", Tuesday, "--with", "/bin/false"], "cannot replay this day"),
            (["replay", Tuesday, "--json", "--with", "x.yaml"], "leave out --with")])
        {
            var (code, output) = await GatewayProcess.Ran(words);
            output.ShouldContain(sentence);
            output.ShouldNotContain("   at ");
            code.ShouldBe(1);
        }
    }

    private static readonly Reason ByHand = Reason.Of(ReasonCode.OverrideByHand, Fact.Of("target", new Celsius(21.3)), Fact.Of("by", "Chloé"));

    private Fidelity Replayed(Site site, out Course course, string? path = null) =>
        Replay.Run(RecordedDay.Open(path ?? Tuesday), _ => site, course = new Course(), TestContext.Current.CancellationToken);

    // The same morning as another build might have decided it.
    private string Recorded(string name, Func<CycleRecord, CycleRecord> otherwise)
    {
        var data = Path.Combine(folder.Path, name);
        using var recorder = new Recorder(data, SchoolFiles.Sources(SchoolFiles.Demo.Text), new RecorderOptions(), NullLogger.Instance);
        foreach (var record in life.Between("2026-01-12 16:00", "2026-01-13 10:00"))
            recorder.Take(otherwise(record));
        return Path.Combine(data, "days", "2026-01-13.day");
    }

    // As versions before wrote it.
    private static string WithoutDecisions(string path)
    {
        var name = path + ".old" + DayFile.Ending;
        File.WriteAllBytes(name, [.. DayFile.Signature, .. Frames(path).Where(f => DayFile.Kind(f) != FrameKind.Decisions).SelectMany(f => f)]);
        return name;
    }

    private static List<byte[]> Frames(string path)
    {
        List<byte[]> frames = [];
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path).AsSpan(DayFile.Signature.Length);
        for (; DayFile.TryFrame(rest, out var frame); rest = rest[frame.Length..]) frames.Add(frame.ToArray());
        return frames;
    }
}
