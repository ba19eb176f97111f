using System.Collections.Immutable;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>What people in a zone are told about its air.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Light">The traffic light; unknown while nobody is there to be told.</param>
/// <param name="Co2Ppm">Carbon dioxide, smoothed over five minutes [ppm]; not-a-number when unknown.</param>
/// <param name="Needed">For how long to air; zero while there is no need.</param>
/// <param name="AiringSince">Since when people have been airing as advised; MaxValue while they are not.</param>
/// <param name="Advice">What to do and why, most pressing first; the state of the air where there is nothing to do.</param>
public sealed record ZoneAir(ZoneId Zone, AirLight Light, double Co2Ppm, TimeSpan Needed, DateTimeOffset AiringSince, ImmutableArray<Reason> Advice);
