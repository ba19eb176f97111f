using System.Collections.Immutable;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>The holiday calendars that this gateway has files of. They are read when somebody asks, and not kept: it is seldom.</summary>
/// <param name="files">Their texts by name.</param>
internal sealed class CalendarsAtHand(Func<IReadOnlyDictionary<string, DocumentText>> files)
{
    /// <summary>All of them by name, and the first mistake of each that cannot be read.</summary>
    public (ImmutableArray<HolidayCalendar> Calendars, ImmutableArray<Mistake> Mistakes) Read()
    {
        var parsed = files().OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => HolidayFile.Parse(f.Value)).ToArray();
        return ([.. parsed.Select(p => p.TryGet(out var calendar) ? calendar : null).OfType<HolidayCalendar>()], [.. parsed.Select(p => p.Mistakes.FirstOrDefault()).OfType<Mistake>()]);
    }
}
