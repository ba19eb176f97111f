using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Gateway.Replaying;
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
    public void A_recorded_day_is_small() =>
        (new FileInfo(Tuesday).Length / 571.0 * 8640).ShouldBeLessThan(1_000_000, "bytes for a day of 8640 cycles, for the wear of the card");

    [Fact]
    public void Another_setpoint_shows_as_what_would_differ()
    {
        var warmer = SchoolFiles.Parse(SchoolFiles.Demo.Text.Replace("comfort: 19 °C", "comfort: 18 °C", StringComparison.Ordinal)).TryGet(out var site) ? site : throw new InvalidOperationException();
        Replayed(SchoolFiles.DemoSite, out var was);
        Replayed(warmer, out var wouldBe).IsExact.ShouldBeFalse();

        var differences = Difference.Between(was, wouldBe);

        differences.ShouldContain(d => d.Subject.Name == "zone/ce1.setpoint" && d.Was.Value == 19 && d.WouldBe.Value == 18 && d.Was.Code == nameof(ReasonCode.InUse));
        differences.ShouldNotContain(d => d.Subject.Name == "zone/gym.setpoint" && d.To < life.At("2026-01-13 04:30"));
        var text = new ReplayText(warmer, was, wouldBe);
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

    private Fidelity Replayed(Site site, out Course course) =>
        Replay.Run(RecordedDay.Open(Tuesday), _ => site, course = new Course(), TestContext.Current.CancellationToken);
}
