using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Evaluation;

/// <summary>
/// A building of BOPTEST, the public test bench for building controllers (IBPSA, doi:10.1080/19401493.2021.1986574), as our control sees
/// it: what it measures, what may be overwritten, and which names the emulator uses for both. Facts about the building only, never tuning.
/// </summary>
public sealed record CaseMap
{
    /// <summary>The emulator's name for it.</summary>
    public required string Case { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }
    public required SquareMetres FloorArea { get; init; }

    /// <summary>Simulated time between two decisions.</summary>
    public required TimeSpan Step { get; init; }
    public required Location Location { get; init; }

    /// <summary>How far the emulated clock is ahead of UTC, all year: the zone of its weather file.</summary>
    public required TimeSpan Clock { get; init; }
    public required CaseWeather Weather { get; init; }
    public required CasePlant Plant { get; init; }
    public required ImmutableArray<CaseCircuit> Circuits { get; init; }
    public required ImmutableArray<CaseZone> Zones { get; init; }

    /// <summary>Every input that the control overwrites, once.</summary>
    public ImmutableArray<string> Overwritten =>
    [
        .. Outputs.Select(o => o.Point)
            .Concat(Zones.SelectMany(z => z.Thermostat)).Concat(Circuits.SelectMany(c => c.Setpoint)).Concat(Plant.Setpoint)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Every point that is read, once; inputs may be read too and then tell what is in force.</summary>
    public ImmutableArray<string> Read =>
    [
        .. Zones.SelectMany(z => z.Temperature).Concat(Zones.SelectMany(z => z.Opening)).Append(Weather.Outdoor).Concat(Weather.Sun)
            .Concat(Circuits.SelectMany(c => c.Supply)).Concat(Circuits.SelectMany(c => c.Return))
            .Concat(Plant.Supply).Concat(Plant.Return).Concat(Plant.Power)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>What of it are temperatures.</summary>
    public ImmutableArray<string> Temperatures => [.. Read.Except(Weather.Sun).Except(Plant.Power).Except(Zones.SelectMany(z => z.Opening))];

    /// <summary>Every forecast that is asked for with this tariff, once.</summary>
    public ImmutableArray<string> Forecast(CaseTariff tariff) =>
    [
        .. Zones.SelectMany(z => z.Lower).Concat(Zones.SelectMany(z => z.Upper))
            .Concat(Weather.OutdoorForecast).Concat(Weather.SunForecast).Concat(Plant.Price.Of(tariff)).Concat(Plant.Emissions)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The outputs that are switched or follow the demand.</summary>
    public IEnumerable<CaseOutput> Outputs => Zones.SelectMany(z => z.Valve).Concat(Circuits.SelectMany(c => c.Pump)).Concat(Plant.Release);
}

/// <summary>Weather as measured, and as forecast; none where the emulator does not tell it.</summary>
public sealed record CaseWeather(string Outdoor, ImmutableArray<string> Sun, ImmutableArray<string> OutdoorForecast, ImmutableArray<string> SunForecast);

/// <summary>The heat source.</summary>
/// <param name="Release">What lets it run, or how hard it runs.</param>
/// <param name="Setpoint">Water temperature that it shall hold.</param>
/// <param name="Supply">Water behind it.</param>
/// <param name="Return">Water before it.</param>
/// <param name="Power">What its energy use is the sum of; for the report.</param>
/// <param name="Price">Forecasts of the price of its energy.</param>
/// <param name="Emissions">Forecast of the emissions of its energy.</param>
public sealed record CasePlant(
    HeatSourceKind Kind, Watts NominalPower, ImmutableArray<CaseOutput> Release, ImmutableArray<string> Setpoint,
    ImmutableArray<string> Supply, ImmutableArray<string> Return, ImmutableArray<string> Power,
    CasePrice Price, ImmutableArray<string> Emissions);

/// <summary>The forecasts of the price of one kind of energy, by tariff; of gas and district heat they are the same.</summary>
public sealed record CasePrice(ImmutableArray<string> Constant, ImmutableArray<string> Dynamic, ImmutableArray<string> HighlyDynamic)
{
    public ImmutableArray<string> Of(CaseTariff tariff) => tariff switch
    {
        CaseTariff.Dynamic => Dynamic,
        CaseTariff.HighlyDynamic => HighlyDynamic,
        _ => Constant,
    };
}

/// <summary>BOPTEST's scenarios of the electricity price.</summary>
public enum CaseTariff { Constant, Dynamic, HighlyDynamic }

/// <summary>A heating circuit.</summary>
/// <param name="Setpoint">Water temperature that it shall have.</param>
public sealed record CaseCircuit(
    string Id, Emitter Emitter, ImmutableArray<CaseOutput> Pump, ImmutableArray<string> Setpoint,
    ImmutableArray<string> Supply, ImmutableArray<string> Return, HeatingCurve Curve);

/// <summary>A zone.</summary>
/// <param name="RadiatorPower">Nominal power of what heats it; weighs its demand.</param>
/// <param name="Thermostat">Room setpoints that the emulator's own regulation follows.</param>
/// <param name="Opening">How far open that regulation is, 0 to 1; nobody knows when missing.</param>
/// <param name="Lower">Forecast of the lower end of its comfort band.</param>
/// <param name="Upper">Forecast of the upper end.</param>
/// <param name="Comfort">Lower end where nobody forecasts it.</param>
public sealed record CaseZone(
    string Id, string Name, SquareMetres FloorArea, string Circuit, Watts RadiatorPower,
    ImmutableArray<string> Temperature, ImmutableArray<CaseOutput> Valve, ImmutableArray<string> Thermostat, ImmutableArray<string> Opening,
    ImmutableArray<string> Lower, ImmutableArray<string> Upper, Celsius Comfort);

/// <summary>An input of the emulator that the control switches, or lets follow its demand.</summary>
/// <param name="Point">Its name, "…_u".</param>
/// <param name="On">Its value when on, or at full demand, in the emulator's own unit.</param>
/// <param name="Off">Its value when off.</param>
/// <param name="Follows">Whether it knows values in between.</param>
/// <param name="Rest">What becomes of it when off.</param>
public sealed record CaseOutput(string Point, double On, double Off, Follows Follows, Rest Rest);

/// <summary>What an output follows.</summary>
public enum Follows
{
    /// <summary>It is on or off.</summary>
    Switch,

    /// <summary>From off to on in proportion to the demand.</summary>
    Demand,
}

/// <summary>What becomes of an output when nobody needs it.</summary>
public enum Rest
{
    /// <summary>It is written off.</summary>
    Off,

    /// <summary>The emulator's own control has it back, because others live by it too: a pump that also serves the ventilation.</summary>
    Own,
}
