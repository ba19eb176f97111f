using EnergyPilot.Gateway.Hosting;
using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Commands.Installer;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Gateway.Replaying;

namespace EnergyPilot.Gateway.Commands;

/// <summary>"replay": decides a recorded day again, with this program, another one or other settings, and says what would differ.</summary>
internal static class ReplayCommand
{
    public static Command Verb()
    {
        var day = new Argument<string>("DAY") { Description = "A recorded day, for example 2026-11-22, or the path of its file" };
        var with = new Option<string?>("--with") { Description = "What to compare with: another site file (.yaml), or another build of energypilot (a .dll or an executable)" };
        var data = new Option<string?>("--data") { Description = "The gateway's data folder; without it that of the demo" };
        var json = new Option<bool>("--json") { Description = "One line of JSON per change, for programs" };
        var verb = new Command("replay", $"Decides a recorded day again and says what would differ. {InstallerVerb.ExitCodes}") { day, with, data, json };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(with) is not null) result.AddError("--json writes one replay: leave out --with.");
        });
        InstallerVerb.Do(verb, (parsed, stop) => Run(
            parsed.GetRequiredValue(day), parsed.GetValue(with), parsed.GetValue(data) ?? DataFolder.Of(null), parsed.GetValue(json), stop));
        return verb;
    }

    private static async Task<int> Run(string day, string? with, string data, bool json, CancellationToken stop)
    {
        var path = Find(day, data);
        var recorded = Open(path);
        var sites = recorded.Sections.ToDictionary(s => s, s => SiteOf(path, s.Header));
        var was = new Course();
        var fidelity = Replay.Run(recorded, section => sites[section], was, stop);
        if (json)
        {
            ReplayLines.Write(Console.Out, Path.GetFileNameWithoutExtension(path), was, fidelity);
            return 0;
        }

        var site = sites[recorded.Sections[0]];
        Introduce(path, recorded, site, fidelity);
        if (with is null)
        {
            if (!fidelity.IsExact) CompareWithThen(recorded, site, Replay.Recorded(recorded, section => sites[section], stop), was);
            return 0;
        }

        var (other, wouldBe) = await Other(with, path, recorded, site, stop);
        Compare($"With {with}", "would differ", new ReplayText(other, was, wouldBe, ReplayText.WouldDiffer), Difference.Between(was, wouldBe));
        return 0;
    }

    private static string Find(string day, string data)
    {
        if (day.EndsWith(DayFile.Ending, StringComparison.Ordinal)) return Path.GetFullPath(day);
        var folder = Path.GetFullPath(Path.Combine(data, Recorder.Folder));
        if (!DateOnly.TryParseExact(day, Recorder.DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            throw VerbTrouble.Asked($"DAY takes a day such as 2026-11-22, or the path of a file that ends in {DayFile.Ending}; '{day}' is neither.");
        var path = Path.Combine(folder, day + DayFile.Ending);
        if (File.Exists(path)) return path;
        string[] known = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*" + DayFile.Ending).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)] : [];
        throw VerbTrouble.Asked(known.Length == 0
            ? $"No day is recorded in {folder}. Name the gateway's data folder with --data."
            : $"{day} is not recorded in {folder}; recorded are {string.Join(", ", known)}.");
    }

    private static RecordedDay Open(string path)
    {
        try
        {
            var day = RecordedDay.Open(path);
            return day.Sections.IsEmpty ? throw VerbTrouble.Asked($"{path} holds no cycle yet.") : day;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw VerbTrouble.Asked(e.Message);
        }
    }

    private static Site SiteOf(string path, SectionHeader header)
    {
        var parsed = SiteFile.Parse(header.Sources);
        return parsed.TryGet(out var site) ? site : throw VerbTrouble.Asked(
            $"{path} was recorded by {header.Program}, with a site file that this program does not understand ({parsed.Mistakes[0]}). That version can replay it.");
    }

    private static void Introduce(string path, RecordedDay day, Site site, Fidelity fidelity)
    {
        var header = day.Sections[0].Header;
        Console.WriteLine($"{site.Name}, {Path.GetFileNameWithoutExtension(path)}: {fidelity.Cycles} cycles, recorded by {header.Program}{(day.Sections.Length > 1 ? $" in {day.Sections.Length} runs" : "")}.");
        if (day.LostBytes > 0) Console.WriteLine($"The file's last {day.LostBytes} bytes are damaged, as a power cut leaves them: what stands before them is replayed.");
        Console.WriteLine(fidelity.IsExact
            ? $"Replayed: identical: {fidelity.Cycles} cycles."
            : $"Replayed: {fidelity.Cycles - fidelity.Identical} of {fidelity.Cycles} cycles are decided otherwise, the first at {site.Local(fidelity.FirstOther.GetValueOrDefault()):HH:mm:ss}. {Blame(header)}");
    }

    private static string Blame(SectionHeader header) => header.Core == SectionHeader.ThisCore
        ? "It is the same control, so the recording misses something: a defect."
        : "Another build recorded it.";

    private static void CompareWithThen(RecordedDay day, Site site, Course then, Course now)
    {
        var mute = day.Sections.Count(s => !s.HasDecisions);
        if (mute > 0)
            Console.WriteLine($"{(mute == day.Sections.Length ? "It" : $"{mute} of {day.Sections.Length} runs")} kept a fingerprint of each decision and no more, as older versions did: replay with that build (--with PROGRAM) to see what differs.");
        if (mute < day.Sections.Length)
            Compare("Decided now", "differs", new ReplayText(site, then, now, ReplayText.ThenAndNow), Difference.Between(then, now));
    }

    private static async Task<(Site Site, Course Course)> Other(string with, string path, RecordedDay day, Site site, CancellationToken stop)
    {
        if (!File.Exists(with)) throw VerbTrouble.Asked($"--with {with}: there is no such file.");
        if (Path.GetExtension(with) is not (".yaml" or ".yml")) return (site, await OtherProgram.Replay(with, path, stop));
        if (!SiteFiles.TryLoad(with, out var other)) throw VerbTrouble.Asked($"--with {with}: correct the site file first.");
        Fit(with, site, other);
        var course = new Course();
        Replay.Run(day, _ => other, course, stop);
        return (other, course);
    }

    private static void Fit(string with, Site recorded, Site other)
    {
        if (!other.Zones.Any(z => recorded.Zones.Any(r => r.Id == z.Id)))
            throw VerbTrouble.Asked($"{with} is another school: it has none of the zones {string.Join(", ", recorded.Zones.Select(z => z.Id.Name))}.");
        Tell($"{with} has points that the recording does not know; they count as never heard", other, recorded);
        Tell($"{with} does not have these points of the recording; nobody looks at them", recorded, other);
    }

    private static void Tell(string what, Site one, Site without)
    {
        string[] names = [.. one.Points.Keys.Where(p => !without.Points.ContainsKey(p)).Order().Select(p => p.Name)];
        if (names.Length > 0) Console.Error.WriteLine($"warning: {what}: {string.Join(", ", names)}.");
    }

    private static void Compare(string how, string differs, ReplayText text, ImmutableArray<Difference> differences)
    {
        Console.WriteLine();
        if (differences.Length == 0)
        {
            Console.WriteLine($"{how} nothing {differs} that is large enough to tell.");
            return;
        }

        Console.WriteLine($"{how} this {differs}:");
        Console.Write(text.Differences(differences));
        Console.WriteLine();
        text.Summary().Print();
        Console.WriteLine();
        Console.WriteLine(ReplayText.OpenLoop);
    }
}
