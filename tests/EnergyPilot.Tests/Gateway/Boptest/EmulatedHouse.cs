using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Tests.Gateway.Boptest;

/// <summary>
/// A house of one room under the point names of the case bestest_hydronic: boiler, radiator, and a pump that is its valve. Its own control
/// is a plain thermostat on the comfort bound, which never warms up beforehand.
/// </summary>
internal sealed class EmulatedHouse
{
    public const double AreaM2 = 48, GasPrice = 0.05, Minute = 60, Day = 86_400;

    // An ordinary year that begins on a Monday, in the time of Brussels without summer time.
    public static readonly DateTimeOffset NewYear = new(2018, 1, 1, 0, 0, 0, TimeSpan.FromHours(1));

    public static readonly IReadOnlyDictionary<string, (double Low, double High)> Inputs = new Dictionary<string, (double, double)>
    {
        ["oveTSetHea"] = (278.15, 308.15), ["oveTSetCoo"] = (278.15, 308.15), ["oveTSetSup"] = (293.15, 353.15), ["ovePum"] = (0, 1),
    };

    private readonly Dictionary<string, double> written = [];
    private readonly HashSet<string> active = [];
    private readonly List<Dictionary<string, double>> record = [];
    private readonly School school;
    private double pump, discomfort, gasBefore;

    public EmulatedHouse(double time)
    {
        Time = time;
        school = new School(Parameters, TypicalYear.Uccle, PupilPlan.Empty(1), NewYear.AddSeconds(time));
    }

    /// <summary>Seconds since New Year.</summary>
    public double Time { get; private set; }

    public IReadOnlyList<IReadOnlyDictionary<string, double>> Record => record;

    public IReadOnlySet<string> Active => active;

    public static double Lower(double time)
    {
        var at = NewYear.AddSeconds(time);
        var isHome = at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || at.Hour < 7 || at.Hour >= 20;
        return isHome ? 21 : 15;
    }

    public static double Upper(double time) => Lower(time) > 20 ? 24 : 30;

    public static WeatherSample Weather(double time) => TypicalYear.Uccle.At(NewYear.AddSeconds(time));

    public double Room => school.OperativeTemperatureC(0);

    public double DiscomfortKh => discomfort;

    public double GasKwh => school.Boiler.GasKWh - gasBefore;

    /// <summary>Indicators count from here.</summary>
    public void BeginTest() => (discomfort, gasBefore) = (0, school.Boiler.GasKWh);

    /// <summary>An overwrite holds until its activation is 0.</summary>
    public void Write(string name, double value)
    {
        if (name.EndsWith("_u", StringComparison.Ordinal)) written[name[..^2]] = value;
        else if (value > 0) active.Add(name[..^"_activate".Length]);
        else active.Remove(name[..^"_activate".Length]);
    }

    public void Advance(double seconds)
    {
        for (var left = seconds; left >= Minute; left -= Minute)
        {
            Control();
            school.Advance(TimeSpan.FromMinutes(1));
            Time += Minute;
            discomfort += (Math.Max(0, Lower(Time) - Room) + Math.Max(0, Room - Upper(Time))) / 60;
            record.Add(State());
        }
    }

    public Dictionary<string, double> State() => new()
    {
        ["time"] = Time,
        ["reaTRoo_y"] = Room + 273.15,
        ["reaQHea_y"] = school.Boiler.HeatW,
        ["reaPPum_y"] = pump * 30,
        ["weaSta_reaWeaTDryBul_y"] = school.Weather.TemperatureC + 273.15,
        ["weaSta_reaWeaHGloHor_y"] = school.Weather.GlobalHorizontalWPerM2,
        ["ovePum_u"] = pump,
        ["oveTSetSup_u"] = school.Boiler.SetpointC + 273.15,
        ["oveTSetHea_u"] = Setpoint + 273.15,
        ["oveTSetCoo_u"] = Upper(Time) + 273.15,
    };

    private double Setpoint => Overwritten("oveTSetHea", Lower(Time) + 273.25) - 273.15;

    private void Control()
    {
        var own = Room < Setpoint ? 1 : Room > Setpoint + 0.5 ? 0 : pump;
        pump = Overwritten("ovePum", own) >= 0.5 ? 1 : 0;
        school.ValveCommand[0] = pump;
        school.Circuits[0].PumpOn = pump > 0;
        school.Boiler.Release = pump > 0;
        school.Boiler.SetpointC = Overwritten("oveTSetSup", 343.15) - 273.15;
    }

    private double Overwritten(string input, double own) => active.Contains(input) && written.TryGetValue(input, out var value)
        ? Math.Clamp(value, Inputs[input].Low, Inputs[input].High)
        : own;

    private static SchoolParameters Parameters => new()
    {
        Zones = [ZoneParameters.Ordinary("House", AreaM2, 2.7, new GlazedFacade(180, 12)) with { RadiatorNominalW = 6000 }],
        Circuits = [new CircuitParameters { Name = "Radiator", PumpW = 30, PipeLossWPerK = 2, PipeCapacityJPerK = 40_000 }],
        Boiler = new BoilerParameters { NominalW = 8000, MinimumW = 1000, WaterCapacityJPerK = 60_000, JacketLossWPerK = 1, StartLossWh = 5 },
    };
}
