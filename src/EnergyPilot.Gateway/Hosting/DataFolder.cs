namespace EnergyPilot.Gateway.Hosting;

/// <summary>Where a site's history, settings and accounts lie unless somebody says otherwise.</summary>
internal static class DataFolder
{
    /// <summary>Each site has its own folder, below where services and people keep their state.</summary>
    /// <param name="site">Path of the site file; null for the demo.</param>
    public static string Of(string? site)
    {
        var state = Environment.GetEnvironmentVariable("STATE_DIRECTORY")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "energypilot");
        return Path.Combine(state, site is null ? "demo" : Path.GetFileNameWithoutExtension(site));
    }
}
