using EnergyPilot.Core.WhatIf;
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
        return new WhatIfDesk(desk.Site, site => new GroundsReader(store).Read(site, lessons.Knowledge, time.GetUtcNow()), time, p.GetRequiredService<ILogger<WhatIfDesk>>())
        {
            Preview = question => Files().Preview(QuestionEdits.Of(question, Files().Current)),
            Apply = (question, basedOn, by) => Files().Apply(QuestionEdits.Of(question, Files().Current), basedOn, by, "what if"),
        };

        SiteDesk Files() => p.GetRequiredService<SiteDesk>();
    });
}
