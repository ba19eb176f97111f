namespace EnergyPilot.Core.Control;

/// <summary>What a zone is expected to be like when people come.</summary>
/// <param name="Made">When this was worked out; MinValue when nothing is expected.</param>
/// <param name="Use">When people come.</param>
/// <param name="Start">When the zone begins to warm up.</param>
/// <param name="Ready">When it is warm.</param>
/// <param name="Room">What its sensor shows as people come [°C].</param>
public sealed record ArrivalForecast(DateTimeOffset Made, DateTimeOffset Use, DateTimeOffset Start, DateTimeOffset Ready, double Room)
{
    public static readonly ArrivalForecast None = new(DateTimeOffset.MinValue, DateTimeOffset.MinValue, DateTimeOffset.MinValue, DateTimeOffset.MinValue, double.NaN);

    internal bool IsKnown => Made != DateTimeOffset.MinValue;
}

/// <summary>The forecasts of one arrival: the one made as the last use ended, and the newest.</summary>
public sealed record ArrivalMemory(ArrivalForecast First, ArrivalForecast Newest)
{
    public static readonly ArrivalMemory None = new(ArrivalForecast.None, ArrivalForecast.None);
}

/// <summary>How an arrival went: what was expected, and what came.</summary>
/// <param name="Forecast">Made as the last use ended; the Friday forecast of a Monday.</param>
/// <param name="Began">When the warm-up began; MinValue when none was needed.</param>
/// <param name="Ready">When the zone was warm; MaxValue when it was not by then.</param>
/// <param name="Room">What its sensor showed as people came [°C].</param>
/// <param name="Target">What it was to show [°C].</param>
public sealed record Morning(Sites.ZoneId Zone, ArrivalForecast Forecast, DateTimeOffset Began, DateTimeOffset Ready, double Room, double Target);
