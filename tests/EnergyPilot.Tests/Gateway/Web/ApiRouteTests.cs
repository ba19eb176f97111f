using EnergyPilot.Gateway.Web.Api;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The example calls of the interface's own description.</summary>
public sealed class ApiRouteTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Example_names_everything_that_a_call_needs()
    {
        await using var host = await PageHost.Start(Stop);
        var routes = await host.Service<ApiDocument>().Routes();
        foreach (var route in routes) route.Curl("http://gateway").Split("http://gateway")[1].ShouldNotContain("{", Case.Sensitive, route.Path);
        Curl("UndoSite").ShouldContain("/api/v1/site/versions/$NUMBER/undo");
        Curl("ImportCalendar").ShouldBe("curl -s -X POST -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: text/calendar' --data-binary @file http://gateway/api/v1/calendar/import?\"name=$NAME\"");

        string Curl(string name) => routes.Single(r => r.Name == name).Curl("http://gateway");
    }

    [Fact]
    public async Task Account_is_described_with_the_cookies_that_it_takes_and_no_token()
    {
        await using var host = await PageHost.Start(Stop);
        var routes = await host.Service<ApiDocument>().Routes();
        foreach (var route in routes.Where(r => r.Group is "account" or "accounts" or "sessions" or "tokens" && r.Name != "SignIn"))
            route.Curl("http://gateway").ShouldSatisfyAllConditions(c => c.ShouldNotContain("Bearer"), c => c.ShouldContain("-b cookies.txt"));
        routes.Single(r => r.Name == "RemoveAccount").Curl("http://gateway").ShouldBe("curl -s -X DELETE -b cookies.txt -H \"RequestVerificationToken: $FORM\" http://gateway/api/v1/accounts/$NAME");
        routes.Single(r => r.Name == "SignIn").Curl("http://gateway").ShouldStartWith("curl -s -X POST -c cookies.txt -H 'Content-Type: application/json'");
        routes.Single(r => r.Name == "Audit").Curl("http://gateway").ShouldContain("Bearer");
    }
}
