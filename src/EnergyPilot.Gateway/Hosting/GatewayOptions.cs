using EnergyPilot.Core.Sites;
using EnergyPilot.Simulation;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>How a gateway shall run.</summary>
/// <param name="SiteFile">Path of the site file.</param>
/// <param name="School">Whether real buses are opened or a virtual school is built from the site file.</param>
/// <param name="DataFolder">Where history, settings and accounts are kept.</param>
/// <param name="Url">Where the page is served; several addresses with semicolons between them.</param>
/// <param name="Speed">How much faster than real time a virtual school lives.</param>
/// <param name="Start">When its time begins; null for now.</param>
/// <param name="Faults">What is broken in it.</param>
internal sealed record GatewayOptions(
    string SiteFile, SchoolKind School, string DataFolder, string Url, double Speed, DateTime? Start, IReadOnlyList<Fault> Faults)
{
    /// <summary>File or address of hourly forecasts; empty for none.</summary>
    public string Outlook { get; init; } = "";

    /// <summary>Virtual school only: the broker to which it sends what it measures; null for none, whatever its site file says.</summary>
    public BusPlace? Uplink { get; init; }

    /// <summary>File of the school's own certificate for the page; empty for the one in the data folder, or the gateway's.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>File of its key.</summary>
    public string CertificateKey { get; init; } = "";

    /// <summary>Where a school's page is served if nothing else is said: https, and http that leads there.</summary>
    public const string RealUrl = "https://*:8443;http://*:8080";

    /// <summary>Where the demo's is.</summary>
    public const string VirtualUrl = "http://localhost:8080";

    public bool IsHttps => Url.Split(';').Any(u => u.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What hangs behind the buses.</summary>
internal enum SchoolKind { Real, Virtual }
