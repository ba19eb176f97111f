namespace EnergyPilot.Gateway.Web.Access;

/// <summary>What a browser calls itself, in a word or two, so that a person knows a session again. It may lie: nothing hangs on it.</summary>
internal static class BrowserName
{
    // The order matters: each of them also claims to be some of those below it.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrom", "Chrome"), ("Safari", "Safari"), ("curl", "curl")];

    private static readonly (string Sign, string Name)[] Machines =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Macintosh", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        var (browser, machine) = (Found(Browsers, userAgent), Found(Machines, userAgent));
        return (browser, machine) switch { ("", "") => "", ("", _) => machine, (_, "") => browser, _ => $"{browser}, {machine}" };
    }

    private static string Found((string Sign, string Name)[] among, string text) =>
        among.FirstOrDefault(b => text.Contains(b.Sign, StringComparison.Ordinal)).Name ?? "";
}
