using EnergyPilot.Benchmarks.Uplink;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace EnergyPilot.Tests;

/// <summary>Runs the tests; or, told so by a test, what that test wants to kill.</summary>
internal static class EntryPoint
{
    /// <summary>Holds the orders of a gateway that is to be run instead.</summary>
    public const string GatewayOrders = "ENERGYPILOT_TEST_GATEWAY_ORDERS";

    public static async Task<int> Main(string[] arguments)
    {
        if (Environment.GetEnvironmentVariable(GatewayOrders) is { Length: > 0 } orders) return await GatewayUnderFire.Run(FireOrders.Of(orders.Split('|')), CancellationToken.None);

        // Many tests are peers of what they test, in this process: one that waits shall not keep another's answer from going out in time.
        ThreadPool.SetMinThreads(32, 32);

        // How the platform asks; otherwise a person or a script does.
        return arguments.Any(a => a is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(arguments);
    }
}
