using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The demo school as a user starts it, on a Monday morning on which the burner is locked out, shared by the tests of a class: a process of its own, whose first account was made as README says.</summary>
public sealed partial class DemoGateway : IAsyncLifetime
{
    public const string Name = "Anne", Password = "correct horse battery";

    private GatewayProcess? process;

    public Uri Address => Process.Http.BaseAddress.ShouldNotBeNull();

    internal GatewayProcess Process => process.ShouldNotBeNull("the demo did not start");

    public async ValueTask InitializeAsync() => process = await GatewayProcess.Serving("--start", "2027-01-11T09:40", "--fault", "boiler-locked-out");

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
    }

    /// <summary>Signs a browser in; the first who comes makes the account.</summary>
    internal Task SignIn(IPage page) => SignIn(Process, page);

    /// <summary>The same at another gateway.</summary>
    internal static async Task SignIn(GatewayProcess gateway, IPage page)
    {
        await page.GotoAsync("/setup");
        if (new Uri(page.Url).AbsolutePath == "/setup")
        {
            await page.FillAsync("#code", await gateway.Until(SetupCode()));
            await page.FillAsync("#again", Password);
        }

        await page.FillAsync("#name", Name);
        await page.FillAsync("#password", Password);
        await page.ClickAsync("button.main");
        await page.WaitForURLAsync("**/", new PageWaitForURLOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
    }

    [GeneratedRegex(@"one-time code (\S+)")]
    private static partial Regex SetupCode();
}
