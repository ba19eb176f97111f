using System.Text.RegularExpressions;
using EnergyPilot.Gateway.Web.Api;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>
/// Whatever a page does or shows, a program can: every form of the pages stands in a table beside the operations that do the same, every page beside those that read
/// the same. A form or page that is in neither, or an operation that the served description does not know, fails here.
/// </summary>
public sealed partial class ApiParityTests
{
    /// <summary>By file and name of the form, as it is written there: what does the same.</summary>
    private static readonly Dictionary<string, string[]> Forms = new()
    {
        ["Access/AccountsPage add"] = ["AddAccount"],
        ["Access/OneAccountPage role"] = ["ChangeRole"],
        ["Access/OneAccountPage password"] = ["GivePassword"],
        ["Access/OneAccountPage deed"] = ["SignOutEverywhere", "UnlockAccount", "TurnOffSecondStepOf"],
        ["Access/OneAccountPage remove"] = ["RemoveAccount"],
        ["Access/PasswordPart password"] = ["ChangePassword"],
        ["Access/SecondStepPart second-begin"] = ["BeginSecondStep"],
        ["Access/SecondStepPart second-on"] = ["TurnOnSecondStep"],
        ["Access/SecondStepPart second-off"] = ["TurnOffSecondStep"],
        ["Access/SessionsPart sessions"] = ["EndSession", "EndOtherSessions"],
        ["Access/TokenList @Handler"] = ["RevokeToken"],
        ["Access/TokensPart token"] = ["MakeToken"],
        ["Alarms/AlarmPage acknowledge"] = ["AcknowledgeAlarm"],
        ["Calendar/EventPage event"] = ["AddEvent", "ChangeEvent"],
        ["Calendar/EventPage remove"] = ["RemoveEvent"],
        ["Calendar/HolidaysPage holidays"] = ["ChooseHolidays"],
        ["Calendar/ImportPage import"] = ["ImportCalendar", "FollowCalendar"],
        ["Calendar/ImportPage confirm"] = ["ImportCalendar", "FollowCalendar"],
        ["Calendar/ImportPage @($\"forget-{source.Name}\")"] = ["ForgetCalendar"],
        ["Devices/EditPage device"] = ["ProbeDevice", "PreviewSite", "ChangeSite"],
        ["Devices/TestPage test"] = ["TestOutput"],
        ["Devices/TestPage end"] = ["EndOutputTest"],
        ["Pages/LoginPage login"] = ["SignIn"],
        ["Pages/LoginPage code"] = ["SignIn"],
        ["Pages/LogoutPage logout"] = ["SignOut"],
        ["Pages/SetupPage setup"] = ["CreateFirstAccount"],
        ["Pages/ZonePage override"] = ["AddOverride"],
        ["Pages/ZonePage cancel"] = ["EndOverride"],
        ["Parts/ZoneQuestions @NameOf(question)"] = ["AnswerQuestion"],
        ["Parts/ZoneQuestions @NameOf(use)"] = ["RemoveUse"],
        ["Programme/ProgrammePage week"] = ["SetZoneProgramme"],
        ["Programme/ProgrammePage setpoints"] = ["SetZoneSetpoints"],
        ["Programme/UndoPart undo"] = ["UndoSite"],
        ["Settings/SettingsPage site"] = ["PreviewSite", "ChangeSite"],
        ["Settings/VersionPage undo"] = ["UndoSite"],
        ["Votes/PostersPage where"] = ["MovePosters"],
        ["Votes/RoomPage vote"] = ["Vote"],
        ["Votes/SuggestionPage apply"] = ["ApplySuggestion"],
        ["Votes/VotesPage @($\"rest-{id}\")"] = ["PutSuggestionOff"],
        ["Votes/VotesPage @($\"renew-{id}\")"] = ["RenewRoomCode"],
        ["WhatIf/AnswerPage apply"] = ["ApplyWhatIf"],
        ["WhatIf/AnswerPage stop"] = ["StopWhatIf"],
        ["WhatIf/WhatIfPage ask"] = ["AskWhatIf"],
        ["Zones/QuickButtons quick"] = ["AddOverride"],
        // It repeats the form of another page for who was late; the page itself names it.
        ["Parts/MissedForm @Name"] = [],
    };

    /// <summary>By page: what reads the same. None where a page has nothing of the school's to tell.</summary>
    private static readonly Dictionary<string, string[]> Pages = new()
    {
        ["/"] = ["School", "Zones", "Alarms", "Votes", "EnergyToday", "Events"],
        ["/wall"] = ["School", "Zones", "Day", "Events"],
        ["/today"] = ["Day", "Energy"],
        ["/zones/{Id}"] = ["Zones", "Overrides", "Uses", "ZoneSeries", "ZoneChanges", "ZoneNext", "ZoneLearned", "ZoneWishes", "Forecast", "Alarms", "Events"],
        ["/zones/{Id}/programme"] = ["ZoneProgramme", "ZoneSetpoints", "PreviewSite"],
        ["/alarms"] = ["Alarms"],
        ["/alarms/{Id:long}"] = ["Alarms"],
        ["/energy"] = ["Energy", "EnergyToday", "EnergySignature", "Ledger"],
        ["/calendar"] = ["Calendar", "CalendarFile"],
        ["/calendar/day/{Text}"] = ["Calendar", "Day"],
        ["/calendar/event"] = ["Calendar"],
        ["/calendar/event/{Id:long}"] = ["Calendar"],
        ["/calendar/holidays"] = ["Holidays"],
        ["/calendar/import"] = ["Calendars"],
        ["/votes"] = ["Votes"],
        ["/votes/{Id}"] = ["Votes", "PreviewSuggestion"],
        ["/votes/posters"] = ["Votes", "PosterAddress"],
        ["/r/{Code}"] = ["Room"],
        ["/what-if"] = ["WhatIfQuestions"],
        ["/what-if/{Id:long}"] = ["WhatIfAnswer", "PreviewWhatIf"],
        ["/settings"] = ["Site", "SiteVersions"],
        ["/settings/version"] = ["SiteVersion", "PreviewSite"],
        ["/devices"] = ["Buses", "Devices", "Uplink", "BusTrace", "BusCapture"],
        ["/devices/edit"] = ["DeviceTypes", "Devices"],
        ["/devices/test"] = ["Outputs"],
        ["/account"] = ["Account", "Sessions", "Tokens"],
        ["/accounts"] = ["Accounts"],
        ["/accounts/{Name}"] = ["Accounts"],
        ["/audit"] = ["Audit", "AuditCsv", "AuditJson"],
        ["/login"] = [], ["/logout"] = [], ["/setup"] = [], ["/help"] = [], ["/api"] = [], ["/status/{Code:int}"] = [],
    };

    private static string Folder => Path.Combine(SchoolFiles.Root, "src", "EnergyPilot.Gateway", "Web");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static IEnumerable<(string Name, string Text)> Razor => Directory.EnumerateFiles(Folder, "*.razor", SearchOption.AllDirectories)
        .Select(path => (Path.ChangeExtension(Path.GetRelativePath(Folder, path), null).Replace('\\', '/'), File.ReadAllText(path)));

    [Fact]
    public void Every_form_of_the_pages_stands_beside_what_does_the_same()
    {
        var found = Razor.SelectMany(f => FormName().Matches(f.Text).Select(m => $"{f.Name} {m.Groups[1].Value}")).ToList();
        found.Order(StringComparer.Ordinal).ShouldBe(Forms.Keys.Order(StringComparer.Ordinal));
        Forms.Where(f => f.Value.Length == 0).Select(f => f.Key).ShouldBe(["Parts/MissedForm @Name"]);
    }

    [Fact]
    public void Every_form_that_is_sent_has_a_name_or_says_whose_it_is()
    {
        foreach (var (name, text) in Razor)
            foreach (Match form in Sent().Matches(text))
                (form.Value.Contains("@formname=", StringComparison.Ordinal) || form.Value.Contains("name=\"_handler\"", StringComparison.Ordinal)).ShouldBeTrue($"{name}: {form.Value}");
    }

    [Fact]
    public void Every_page_stands_beside_what_reads_the_same() =>
        Razor.SelectMany(f => PageAddress().Matches(f.Text).Select(m => m.Groups[1].Value)).Order(StringComparer.Ordinal).ShouldBe(Pages.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_operation_that_is_named_is_served_and_does_what_it_is_named_for()
    {
        await using var host = await PageHost.Start(Stop);
        var served = (await host.Service<ApiDocument>().Routes()).ToDictionary(r => r.Name, r => r.Method);
        Forms.SelectMany(f => f.Value).Where(o => !served.ContainsKey(o)).ShouldBeEmpty("named and not served");
        Pages.SelectMany(p => p.Value).Where(o => !served.ContainsKey(o)).ShouldBeEmpty("named and not served");
        Forms.SelectMany(f => f.Value).Where(o => served[o] == "GET").ShouldBeEmpty("reads, and changes nothing");
        Pages.SelectMany(p => p.Value).Where(o => served[o] != "GET" && !o.StartsWith("Preview", StringComparison.Ordinal)).ShouldBeEmpty("changes, and does not read");
    }

    [GeneratedRegex("""@formname="(@\(.*?\)|[^"]+)"[ >]""")]
    private static partial Regex FormName();

    [GeneratedRegex("""<form method="post".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Sent();

    [GeneratedRegex("""^@page "([^"]+)"$""", RegexOptions.Multiline)]
    private static partial Regex PageAddress();
}
