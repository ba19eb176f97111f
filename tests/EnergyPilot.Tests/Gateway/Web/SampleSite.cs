using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Core.Sites;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The demonstration school's file behind the pages that change it, with a real store for its versions; both are made when a page asks for them.</summary>
internal static class SampleSite
{
    public static IServiceCollection AddSampleSite(this IServiceCollection services) => services
        .AddSingleton(_ => new LiveSite(new SiteEdition(SchoolFiles.DemoSite, SchoolFiles.Sources(SchoolFiles.Demo.Text), 0)))
        .AddSingleton<SampleStore>()
        .AddSingleton<Beginnings>()
        .AddSingleton(p => new OutputDesk(p.GetRequiredService<LiveSite>(), p.GetRequiredService<LiveView>(), p.GetRequiredService<SampleStore>().Store.Overrides, p.GetRequiredService<TimeProvider>()))
        .AddSingleton<Probe>()
        .AddSingleton(new DeviceModels(() => SchoolFiles.DeviceTypes))
        .AddSingleton(p => new SiteDesk(p.GetRequiredService<LiveSite>(), p.GetRequiredService<SampleStore>().Store.Sites, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<SiteDesk>>())
        {
            FileHash = SiteBook.Hash(SchoolFiles.Demo.Text), BeginAnew = () => p.GetRequiredService<Beginnings>().Count++,
        });

    /// <summary>How often the host was asked to begin anew.</summary>
    internal sealed class Beginnings
    {
        public int Count { get; set; }
    }

    internal sealed class SampleStore(TimeProvider time) : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("energypilot-site-");
        private Store? store;

        public Store Store => store ??= Store.Open(folder.FullName, time, NullLogger.Instance);

        public void Dispose()
        {
            store?.Dispose();
            folder.Delete(recursive: true);
        }
    }
}
