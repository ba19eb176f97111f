using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.WhatIf;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Gives the questions what the store and the lessons know.</summary>
internal static class WhatIfBinding
{
    public static IServiceCollection AddWhatIf(this IServiceCollection services) => services.AddSingleton(p =>
    {
        var (desk, store, lessons, time) = (p.GetRequiredService<PageDesk>(), p.GetRequiredService<Store>(), p.GetRequiredService<Lessons>(), p.GetRequiredService<TimeProvider>());
        return new WhatIfDesk(desk.Site, site => new GroundsReader(store).Read(site, lessons.Knowledge, time.GetUtcNow()), time, p.GetRequiredService<ILogger<WhatIfDesk>>());
    });
}
