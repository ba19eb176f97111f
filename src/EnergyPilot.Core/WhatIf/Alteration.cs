using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.WhatIf;

/// <summary>One thing that a school might do otherwise.</summary>
/// <param name="Zones">Where; the whole school when empty.</param>
public abstract record Alteration(ImmutableArray<ZoneId> Zones)
{
    /// <summary>Whether it holds for a zone.</summary>
    public bool IsFor(ZoneId zone) => Zones.IsEmpty || Zones.Contains(zone);
}

/// <summary>Which of a zone's setpoints.</summary>
public enum SetpointKind
{
    /// <summary>While in use.</summary>
    Comfort,

    /// <summary>Empty for less than 48 h.</summary>
    Reduced,

    /// <summary>Empty for longer.</summary>
    Absence,
}

/// <summary>Another setpoint. The cooler ones give way to a comfort below them, so that none is ever above a warmer one.</summary>
public sealed record SetpointChange(ImmutableArray<ZoneId> Zones, SetpointKind Kind, Celsius Setpoint) : Alteration(Zones);

/// <summary>No warm-up begins before this time on the day of the use.</summary>
public sealed record StartChange(ImmutableArray<ZoneId> Zones, TimeSpan Earliest) : Alteration(Zones);

/// <summary>The school is kept at this temperature on these days whenever nobody is there by its programme; it is closed on them.</summary>
/// <param name="First">Its first day, in the school's local time.</param>
/// <param name="Last">Its last day, included.</param>
public sealed record ClosedDaysChange(ImmutableArray<ZoneId> Zones, DateOnly First, DateOnly Last, Celsius Setpoint) : Alteration(Zones);

/// <summary>Every day of the programme begins and ends so much later (or, below zero, earlier). Exceptions stay as they are.</summary>
/// <param name="Begin">Of the day's first hours.</param>
/// <param name="End">Of the day's last hours.</param>
public sealed record HoursChange(ImmutableArray<ZoneId> Zones, TimeSpan Begin, TimeSpan End) : Alteration(Zones);
