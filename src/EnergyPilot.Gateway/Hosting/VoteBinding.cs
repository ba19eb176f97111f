using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Votes;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Gives the votes their books, and the way into the site file.</summary>
internal static class VoteBinding
{
    public static IServiceCollection AddVotes(this IServiceCollection services) => services
        .AddSingleton(p => p.GetRequiredService<Store>().Votes)
        .AddSingleton(p => p.GetRequiredService<Store>().Rooms)
        .AddSingleton(p => p.GetRequiredService<Store>().Audit)
        .AddSingleton(p => Setpoints(p.GetRequiredService<SiteDesk>()));

    private static SetpointDesk Setpoints(SiteDesk desk) => new()
    {
        Preview = (zone, comfort) => Look(desk.Preview(Edits(zone, comfort))),
        Apply = (zone, comfort, basedOn, by, note) => desk.Apply(Edits(zone, comfort), basedOn, by, note).State switch
        {
            SiteChangeState.Applied or SiteChangeState.BeginsAnew or SiteChangeState.Unchanged => SetpointOutcome.Done,
            SiteChangeState.Outdated => SetpointOutcome.Outdated,
            SiteChangeState.Refused => SetpointOutcome.Refused,
            _ => SetpointOutcome.NotPossible,
        },
    };

    private static SetpointPreview Look(SitePreview preview) => new(preview.CanHold, preview.BasedOn, [.. preview.Diff.Select(Line)]);

    private static IEnumerable<SiteEdit> Edits(ZoneId zone, Celsius comfort) =>
        [new SetValue($"zones.{zone}.setpoints.comfort", SiteText.Of(comfort))];

    private static string Line(DiffLine line) => $"{line.Fate switch { LineFate.Added => '+', LineFate.Removed => '-', _ => ' ' }} {line.Text}";
}
