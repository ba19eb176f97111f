using System.CommandLine;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Commands.Installer;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Commands.Learning;

/// <summary>"model": what each zone has learned; takes it to another school, or makes a zone begin anew.</summary>
internal static class ModelCommand
{
    // A sister school is a better guess than an ordinary one, and still another building.
    private const double SisterSpread = 0.5;

    private const string Noticed = "A running gateway notices within a quarter of an hour.";

    public static Command Verb()
    {
        var deed = new Argument<string>("WHAT") { Description = "show, export, import or reset" };
        var path = new Argument<string?>("FILE") { Description = "For export and import: a JSON file", Arity = ArgumentArity.ZeroOrOne };
        var data = DataBeside.Option();
        var zone = new Option<string?>("--zone") { Description = "Only this zone; import and reset need it, or \"all\"" };
        var like = new Option<string?>("--like") { Description = "For import: the zone of the file whose model is taken, where it has another name" };
        deed.AcceptOnlyFromAmong("show", "export", "import", "reset");
        var verb = new Command("model", $"What each zone has learned of itself. import takes another school's model as what is believed beforehand; reset forgets. {InstallerVerb.ExitCodes}") { deed, path, data, zone, like };
        InstallerVerb.Do(verb, (parsed, _) =>
        {
            using var folder = DataBeside.Open(parsed.GetRequiredValue(data));
            var (file, only) = (parsed.GetValue(path) ?? "", parsed.GetValue(zone) ?? "");
            switch (parsed.GetRequiredValue(deed))
            {
                case "show": Show(folder, only); break;
                case "export": Export(folder, only, file); break;
                case "import": Import(folder, only, parsed.GetValue(like) ?? "", file); break;
                default: Reset(folder, only); break;
            }

            return Task.FromResult(0);
        });
        return verb;
    }

    private static void Show(DataBeside folder, string only)
    {
        var school = folder.Knowledge.Load();
        ModelSheet.Print(folder, school, Zones(school, only));
    }

    private static void Export(DataBeside folder, string only, string path)
    {
        var school = folder.Knowledge.Load();
        var text = ModelFile.Text(school, Zones(school, only), TimeProvider.System.GetUtcNow());
        if (path.Length == 0)
        {
            Console.Write(text);
            return;
        }

        try
        {
            File.WriteAllText(path, text);
            Console.WriteLine($"Written to {Path.GetFullPath(path)}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VerbTrouble.Asked($"{path} cannot be written: {e.Message}");
        }
    }

    private static void Import(DataBeside folder, string only, string like, string path)
    {
        if (path.Length == 0) throw VerbTrouble.Asked("import needs a FILE, made by \"model export\".");
        var models = ModelFile.Read(path);
        var zones = Named(folder.Knowledge.Load(), only);
        var priors = zones.ToDictionary(z => z, z => Prior(path, models.Count == 1 && like.Length == 0 ? models.Keys.Single() : like.Length > 0 ? like : z.Name));
        Change(folder, "model imported", priors, path);
        Console.WriteLine($"{Names(zones)}: the model of {path} is what is believed beforehand now; learning begins anew from it. {Noticed}");

        ZonePrior Prior(string file, string name) => models.TryGetValue(name, out var model)
            ? SisterOf(file, name, model)
            : throw VerbTrouble.Asked($"{file} has no zone {name}; it has {string.Join(", ", models.Keys.Order())}. Choose one with --like.");
    }

    private static void Reset(DataBeside folder, string only)
    {
        var zones = Named(folder.Knowledge.Load(), only);
        Change(folder, "model reset", zones.ToDictionary(z => z, _ => ZonePrior.Ordinary), "");
        Console.WriteLine($"{Names(zones)}: nothing is learned now; this evening's lesson begins anew from what was measured in the last three weeks. {Noticed}");
    }

    private static ZonePrior SisterOf(string path, string name, ZoneModel model) => ZonePrior.Ordinary.Holds(model) && Gate.IsBalanced(model)
        ? new ZonePrior(model, [.. ZoneModel.Spread.Select(s => SisterSpread * s)])
        : throw VerbTrouble.Asked($"{path}: no room is like the model of zone {name}; it was not taken.");

    private static void Change(DataBeside folder, string what, Dictionary<ZoneId, ZonePrior> priors, string path)
    {
        // Whole milliseconds, as they are stored everywhere else.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        folder.Knowledge.Change(now, school => priors.Aggregate(school, (all, zone) => all.With(zone.Key, Learned.Of(zone.Value, now))));
        foreach (var (zone, _) in priors) folder.Audit.Write(new AuditEntry(now, Environment.UserName, "console", what, zone.Name, "", path));
    }

    private static IReadOnlyList<ZoneId> Zones(SchoolKnowledge school, string only)
    {
        if (school.Zones.Count == 0) throw VerbTrouble.Field("Nothing is known of any zone yet: the gateway has not run on this folder, or was never up for a cycle.");
        return only is "" or "all" ? [.. school.Zones.Keys.OrderBy(z => z.Name, StringComparer.Ordinal)] : Named(school, only);
    }

    private static IReadOnlyList<ZoneId> Named(SchoolKnowledge school, string only)
    {
        if (only.Length == 0) throw VerbTrouble.Asked("Which zone? Name it with --zone, or all of them with --zone all.");
        if (only == "all") return Zones(school, "");
        return Zones(school, "").Contains(new ZoneId(only))
            ? [new ZoneId(only)]
            : throw VerbTrouble.Asked($"There is no zone {only}; there are {Names(Zones(school, ""))}.");
    }

    private static string Names(IReadOnlyList<ZoneId> zones) => string.Join(", ", zones.Select(z => z.Name));
}
