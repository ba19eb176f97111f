using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Learning;

/// <summary>Collects what the rooms do and finds their models anew every evening, when the day's heating is over and before the next one's begins.</summary>
internal sealed class Learner(Site site, IQuarterBook book)
{
    private static readonly TimeSpan Evening = TimeSpan.FromHours(19);
    private static readonly TimeSpan Window = TimeSpan.FromDays(21);
    private DateOnly learnedOn;

    /// <summary>What the next cycle may know.</summary>
    public Knowledge Knowledge { get; private set; } = Knowledge.None;

    /// <summary>Goes on from what was learned before.</summary>
    public Learner From(Knowledge knowledge)
    {
        Knowledge = knowledge;
        return this;
    }

    public void Take(Decision decision)
    {
        if (decision.Quarters.IsEmpty) return;
        book.Append(decision.Quarters);
        var local = site.Local(decision.At);
        if (local.TimeOfDay < Evening || DateOnly.FromDateTime(local) == learnedOn) return;
        learnedOn = DateOnly.FromDateTime(local);
        Knowledge = Knowledge with { Zones = site.Zones.ToDictionary(z => z.Id, z => After(z.Id, decision.At)) };
    }

    private Learned After(ZoneId zone, DateTimeOffset at)
    {
        var before = Knowledge.Zones.TryGetValue(zone, out var known) ? known : Learned.Of(ZonePrior.Ordinary, at);
        var found = Identification.Of(book.Since(zone, at - Window), before.Prior, before.Model, site.TimeZone);
        return before.After(found, at);
    }
}
