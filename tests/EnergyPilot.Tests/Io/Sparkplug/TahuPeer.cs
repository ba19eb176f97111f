namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>
/// Eclipse Tahu's sparkplug-payload for JavaScript, fetched once from npm into the folder of the tests. Without npm or its registry
/// the test is skipped with the reason; with CI=true it fails.
/// </summary>
internal static class TahuPeer
{
    private const string Package = "sparkplug-payload@1.0.3";

    private static readonly Lazy<Task<string?>> Installed = new(Install);

    /// <summary>Runs a script in which <c>tahu</c> is the library and <c>args</c> the arguments; what it prints, line by line.</summary>
    public static async Task<string[]> Run(string script, IEnumerable<string> arguments, CancellationToken stop)
    {
        var library = await Installed.Value.WaitAsync(stop) ?? throw Missing();
        var preamble = "const [library, ...args] = process.argv.slice(1); const tahu = require(library).get('spBv1.0');";
        await using var node = PeerProcess.Start(Peers.Need("node", "nodejs"), ["-e", preamble + script, library, .. arguments]);
        return (await node.Output(stop)).TrimEnd('\n').Split('\n');
    }

    private static async Task<string?> Install()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "npm", Package);
        var library = Path.Combine(folder, "node_modules", "sparkplug-payload");
        if (Directory.Exists(library))
            return library;
        var fresh = Directory.CreateDirectory($"{folder}.{Guid.NewGuid():N}").FullName;
        await using var npm = PeerProcess.Start(
            Peers.Need("npm", "npm"), "install", "--prefix", fresh, "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=3000", Package);
        await npm.Output(CancellationToken.None);
        // Moved when it is complete: half a package would pass for a whole one the next time.
        if (Directory.Exists(Path.Combine(fresh, "node_modules", "sparkplug-payload")) && !Directory.Exists(folder))
            Directory.Move(fresh, folder);
        else
            Directory.Delete(fresh, recursive: true);
        return Directory.Exists(library) ? library : null;
    }

    private static InvalidOperationException Missing()
    {
        var message = $"npm could not install {Package}: is the registry reachable?";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(message);
        Assert.Skip(message);
        return new InvalidOperationException(message);
    }
}
