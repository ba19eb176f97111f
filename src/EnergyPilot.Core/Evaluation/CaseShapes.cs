using System.Collections.Immutable;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Evaluation;

/// <summary>The parts of a map file.</summary>
internal static class CaseShapes
{
    private const int LongestName = 80;

    /// <summary>A name of the emulator.</summary>
    public static readonly Shape<string> Name = Shapes.TextLike(
        $"a name of the emulator, for example \"reaTZon_y\"", "^[A-Za-z][A-Za-z0-9_]*$", IsName);

    public static readonly Shape<ImmutableArray<string>> Names = Shapes.OneOrMore(Name);

    /// <summary>Names of forecasts, which may name a zone in brackets.</summary>
    public static readonly Shape<ImmutableArray<string>> Forecasts = Shapes.OneOrMore(Shapes.TextLike(
        $"a name of a forecast, for example \"LowerSetp[1]\"", @"^[A-Za-z][A-Za-z0-9_]*(\[[A-Za-z0-9]+\])?$", IsForecast));

    private static readonly Shape<string> Input = Shapes.TextLike(
        $"a name of an input, ending with _u, for example \"oveTSetSup_u\"", "^[A-Za-z][A-Za-z0-9_]*_u$", text => IsName(text) && text.EndsWith("_u", StringComparison.Ordinal));

    private static readonly Shape<ImmutableArray<string>> Inputs = Shapes.OneOrMore(Input);

    private static readonly Shape<CaseOutput> Output = Shapes.Record(fields => new CaseOutput(
        fields.Need("point", Input, "The input that is overwritten"),
        fields.Take("on", Shapes.Number(-1e6, 1e6), 1, "Its value when on, or at full demand, in the emulator's own unit; 1 when missing"),
        fields.Take("off", Shapes.Number(-1e6, 1e6), 0, "Its value when off; 0 when missing"),
        fields.Take("follows", Shapes.Choice<Follows>(), Follows.Switch, "Whether it switches, or follows the demand between off and on; switch when missing"),
        fields.Take("rest", Shapes.Choice<Rest>(), Rest.Off, "When off it is written off, or the emulator's own control has it back; off when missing")));

    private static readonly Shape<ImmutableArray<CaseOutput>> Outputs = Shapes.List(Output);

    private static readonly Shape<CasePrice> Price = Shapes.Record(fields => new CasePrice(
        fields.Take("constant", Forecasts, [], "With a constant electricity price; nothing is known when missing"),
        fields.Take("dynamic", Forecasts, [], "With a day and night tariff"),
        fields.Take("highly-dynamic", Forecasts, [], "With hourly prices")));

    public static readonly Shape<CasePlant> Plant = Shapes.Record(fields => new CasePlant(
        fields.Need("kind", Shapes.Choice<HeatSourceKind>(), "What makes the heat"),
        fields.Need("nominal-power", Shapes.Power(1, 1e8), "Largest heating power"),
        fields.Take("release", Outputs, [], "What lets it run, or how hard it runs"),
        fields.Take("setpoint", Inputs, [], "Water temperature that it shall hold"),
        fields.Take("supply", Names, [], "Water temperature behind it; an input tells what is in force"),
        fields.Take("return", Names, [], "Water temperature before it"),
        fields.Take("power", Names, [], "What its energy use is the sum of; shown in the report"),
        fields.Need("price", Price, "Forecasts of the price of its energy"),
        fields.Take("emissions", Forecasts, [], "Forecast of the emissions of its energy")));

    public static CaseCircuit Circuit(string id, Fields fields)
    {
        var emitter = fields.Take("emitter", Shapes.Choice(Emitter.Radiators, Emitter.Floor), Emitter.Radiators, "What gives heat to its zones; radiators when missing");
        var usual = emitter == Emitter.Floor ? HeatingCurve.Floor : HeatingCurve.Radiators;
        return new CaseCircuit(
            id, emitter,
            fields.Take("pump", Outputs, [], "What runs while heat is asked for"),
            fields.Take("setpoint", Inputs, [], "Water temperature that it shall have"),
            fields.Take("supply", Names, [], "Its water temperature; an input tells what is in force"),
            fields.Take("return", Names, [], "Its return temperature"),
            fields.Take("water", Shapes.Record(f => Water(usual, f)), usual, "What its emitters are laid out for; as usual for their kind when missing"));
    }

    public static CaseZone Zone(string id, Fields fields) => new(
        id,
        fields.Take("name", Shapes.Text, id, "What people call it"),
        fields.Need("floor-area", Shapes.Area(1, 1e6), "Heated floor area"),
        fields.Need("circuit", Shapes.Id, "The circuit that heats it"),
        fields.Need("radiators", Shapes.Power(1, 1e8), "Nominal power of what heats it"),
        fields.Need("temperature", Names, "Its temperature"),
        fields.Take("valve", Outputs, [], "The valves of its emitters, or what acts as one"),
        fields.Take("thermostat", Inputs, [], "Room setpoints that the emulator's own regulation follows"),
        fields.Take("opening", Names, [], "How far open that regulation is, 0 to 1; an input tells what is in force"),
        fields.Take("lower", Forecasts, [], "Forecast of the lower end of its comfort band"),
        fields.Take("upper", Forecasts, [], "Forecast of the upper end of its comfort band; shown in the report"),
        fields.Take("comfort", Shapes.Celsius(5, 30), new Celsius(21), "Lower end of its comfort band where nobody forecasts it; 21 °C when missing"));

    private static HeatingCurve Water(HeatingCurve usual, Fields fields)
    {
        var curve = usual with
        {
            DesignOutdoor = fields.Take("design-outdoor", Shapes.Celsius(-30, 5), usual.DesignOutdoor, "Coldest weather that they are made for"),
            DesignSupply = fields.Take("design-supply", Shapes.Celsius(25, 90), usual.DesignSupply, "Water temperature in that weather"),
            Lowest = fields.Take("lowest", Shapes.Celsius(15, 60), usual.Lowest, "Never colder, also at rest; what else is fed by the same water may need it"),
            Highest = fields.Take("highest", Shapes.Celsius(25, 95), usual.Highest, "Never warmer"),
        };
        if (curve.Lowest > curve.Highest)
            fields.At("lowest").Wrong($"{curve.Lowest}", $"at most the highest water temperature, {curve.Highest}");
        if (curve.DesignSupply > curve.Highest)
            fields.At("design-supply").Wrong($"{curve.DesignSupply}", $"at most the highest water temperature, {curve.Highest}");
        return curve;
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool IsForecast(string text)
    {
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? IsName(text)
            : text.EndsWith(']') && bracket < text.Length - 2 && IsName(text[..bracket]) && text[(bracket + 1)..^1].All(char.IsAsciiLetterOrDigit);
    }
}
