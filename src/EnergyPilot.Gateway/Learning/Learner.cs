using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Learning;

/// <summary>Collects what the rooms of a simulated school do and teaches each of them every evening, in simulated time.</summary>
internal sealed class Learner(Site site, IQuarterBook book)
{
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
        var at = decision.At;

        // Nothing is known of a zone before its first evening.
        if (Knowledge.Zones.Count == 0 && !Lesson.IsDue(site, Learned.Of(ZonePrior.Ordinary, DateTimeOffset.MinValue), at)) return;
        if (Knowledge.Zones.Count > 0 && !Knowledge.Zones.Values.Any(z => Lesson.IsDue(site, z, at))) return;
        Knowledge = Knowledge with { Zones = site.Zones.ToDictionary(z => z.Id, z => After(z.Id, at)) };
    }

    private Learned After(ZoneId zone, DateTimeOffset at) =>
        Lesson.Of(site, book, zone, Knowledge.Zones.TryGetValue(zone, out var known) ? known : Learned.Of(ZonePrior.Ordinary, at), at);
}
