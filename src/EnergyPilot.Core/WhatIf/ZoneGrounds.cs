using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.WhatIf;

/// <summary>What a study knows of a zone beside the site file.</summary>
/// <param name="Zone">Which.</param>
/// <param name="Spread">What it has learned, and how well.</param>
/// <param name="PeopleShare">For how much of its hours of use people are there, 0 to 1.</param>
public sealed record ZoneGrounds(ZoneId Zone, ModelSpread Spread, double PeopleShare);

/// <summary>What the heat source's meter counted over days whose weather was measured; the models are set against it.</summary>
/// <param name="From">Beginning of the first day.</param>
/// <param name="Until">End of the last.</param>
/// <param name="Kwh">Energy of the source in that time.</param>
public sealed record MeteredPast(DateTimeOffset From, DateTimeOffset Until, double Kwh);

/// <summary>All that an answer follows from: the same grounds and the same question give the same answer.</summary>
/// <param name="Site">As it is.</param>
/// <param name="Weather">Of the season, with days before it in which walls settle.</param>
/// <param name="From">When the season begins, and counting with it.</param>
/// <param name="Zones">In the site's order.</param>
/// <param name="Past">Null where no meter says.</param>
public sealed record Grounds(Site Site, SeasonWeather Weather, DateTimeOffset From, IReadOnlyList<ZoneGrounds> Zones, MeteredPast? Past);
