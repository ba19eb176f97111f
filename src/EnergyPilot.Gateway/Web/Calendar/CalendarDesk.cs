using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>What the pages of the calendar change, each with its audit line. The host binds it to the store.</summary>
internal sealed record CalendarDesk
{
    /// <summary>Adds an event; false when there are too many.</summary>
    public required Func<Occasion, Visitor, bool> Add { get; init; }

    /// <summary>Puts an event in the place of the one with this number; false when there is none.</summary>
    public required Func<long, Occasion, Visitor, bool> Replace { get; init; }

    /// <summary>Takes an event away; false when there is none with this number.</summary>
    public required Func<long, Visitor, bool> Remove { get; init; }

    /// <summary>The calendars that were imported, by name.</summary>
    public required Func<IReadOnlyList<CalendarSource>> Sources { get; init; }

    /// <summary>Imports what a plan says in place of what its calendar said before; false when there are too many uses or calendars.</summary>
    public required Func<CalendarSource, ImportPlan, Visitor, bool> Import { get; init; }

    /// <summary>Takes a calendar away with all that came from it.</summary>
    public required Action<string, Visitor> Forget { get; init; }
}
