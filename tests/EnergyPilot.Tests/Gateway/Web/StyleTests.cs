using EnergyPilot.Gateway.Web;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>Of several HeadContent on a page only the last one counts: every page's own style is there in each of its states.</summary>
public sealed class StyleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Pages => new()
    {
        { "/", "school.css" }, { "/?view=plan", "school.css" }, { "/wall", "wall.css" }, { "/zones/cp", "zone.css" }, { "/alarms", "school.css" }, { "/help", "school.css" },
        { "/today", "today.css" }, { "/energy", "energy.css" }, { "/calendar", "calendar.css" }, { "/calendar/event", "calendar.css" }, { "/calendar/import", "calendar.css" }, { "/calendar/holidays", "calendar.css" },
        { "/calendar/day/2026-12-25", "calendar.css" }, { "/zones/cp/programme", "calendar.css" },
        { "/devices", "settings.css" }, { "/devices?done=anew", "settings.css" }, { "/devices/edit", "settings.css" }, { "/devices/test", "settings.css" },
        { "/settings", "settings.css" }, { "/settings?done=anew", "settings.css" },
        { "/account", "access.css" }, { "/accounts", "access.css" }, { "/audit", "access.css" }, { "/what-if", "whatif.css" }, { "/votes", "votes.css" }, { "/votes/posters", "votes.css" },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task Page_has_its_style_while_the_school_runs_and_while_it_starts(string path, string style)
    {
        await using var running = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        await using var starting = await PageHost.Start(Stop);
        foreach (var host in new[] { running, starting })
        {
            using var anne = host.Visitor("en");
            await anne.SignIn("Anne", Stop);
            (await anne.Text(path, Stop)).ShouldContain($"href=\"{PageFiles.Url(style)}\"");
        }
    }
}
