using EnergyPilot.Core.Control;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Gateway.Boptest;
using EnergyPilot.Tests.Core.Documents;

namespace EnergyPilot.Tests.Gateway.Boptest;

public sealed class CaseMaps
{
    public static TheoryData<string> Cases => [.. CaseFacts.Cases];

    private static readonly string House = File.ReadAllText(CaseFacts.MapPath("bestest_hydronic"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_name_in_a_map_is_one_of_its_emulator(string name)
    {
        var (map, facts) = (CaseFacts.Map(name), CaseFacts.Of(name));

        map.Case.ShouldBe(name);
        foreach (var tariff in Enum.GetValues<CaseTariff>())
            PointCheck.Wrong(map, tariff, facts.Inputs, facts.Measurements, facts.Forecasts).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_map_is_right_by_the_schema_too(string name)
    {
        var text = File.ReadAllText(CaseFacts.MapPath(name));
        text.ShouldStartWith("# yaml-language-server: $schema=../boptest.schema.json\n");
        SchemaCheck.Of(CaseMapFile.Schema, text).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_cold_morning_asks_every_case_for_heat_and_stays_within_its_bounds(string name)
    {
        var (map, facts) = (CaseFacts.Map(name), CaseFacts.Of(name));
        var overwrites = new Overwrites(map, facts.Inputs);

        var body = overwrites.Of(Decided(map, room: 15));

        foreach (var point in map.Overwritten)
        {
            (body[point[..^2] + "_activate"]?.GetValue<int>()).ShouldBe(1, point);
            body[point].ShouldNotBeNull().GetValue<double>().ShouldBeInRange(facts.Inputs[point].Minimum, facts.Inputs[point].Maximum, point);
        }

        foreach (var output in map.Outputs) body[output.Point].ShouldNotBeNull().GetValue<double>().ShouldBe(output.On, 1e-9, output.Point);
        overwrites.Clipped.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_warm_house_asks_for_nothing_and_takes_nothing_from_others(string name)
    {
        var (map, facts) = (CaseFacts.Map(name), CaseFacts.Of(name));

        // An hour of warmth, so that pumps have run on and minimum times have passed.
        var memory = Memory.Empty;
        for (var minute = 0; minute < 60; minute += 5) memory = Decided(map, room: 26, minute, memory).Memory;
        var body = new Overwrites(map, facts.Inputs).Of(Decided(map, room: 26, 60, memory));

        foreach (var output in map.Outputs)
            if (output.Rest == Rest.Own) (body[output.Point[..^2] + "_activate"]?.GetValue<int>()).ShouldBe(0, output.Point);
            else body[output.Point].ShouldNotBeNull().GetValue<double>().ShouldBe(output.Off, 1e-9, output.Point);
    }

    [Fact]
    public void Withdrawing_names_every_overwrite()
    {
        foreach (var name in CaseFacts.Cases)
        {
            var map = CaseFacts.Map(name);
            var none = new Overwrites(map, CaseFacts.Of(name).Inputs).None;
            none.Count.ShouldBe(map.Overwritten.Length);
            none.ShouldAllBe(n => n.Key.EndsWith("_activate") && n.Value != null && n.Value.GetValue<int>() == 0);
        }
    }

    [Fact]
    public void What_lies_beyond_the_emulators_bounds_is_clipped_and_counted()
    {
        var map = CaseFacts.Map("bestest_hydronic");
        var narrow = new Dictionary<string, EmulatorPoint> { ["oveTSetHea_u"] = new("K", 278.15, 283.15) };
        var overwrites = new Overwrites(map, narrow);

        (overwrites.Of(Decided(map, room: 15))["oveTSetHea_u"]?.GetValue<double>()).ShouldBe(283.15);
        overwrites.Clipped.ShouldBe(1);
    }

    [Theory]
    [InlineData("temperature: reaTRoo_y", "temprature: reaTRoo_y", "temperature")]
    [InlineData("floor-area: 48 m²", "floor-area: 48 m", "an area")]
    [InlineData("step: 5 min", "step: 15 min", "step")]
    [InlineData("thermostat: oveTSetHea_u", "thermostat: oveTSetHea", "_u")]
    [InlineData("circuit: radiator", "circuit: radiatr", "radiator")]
    [InlineData("lower: LowerSetp[1]", "lower: LowerSetp(1)", "LowerSetp[1]")]
    [InlineData("    opening: ovePum_u", "    valve: [{ point: oveTSetHea_u }]", "each input in one place only")]
    [InlineData("clock: 1 h", "clock: UTC", "a duration")]
    public void A_mistake_has_its_place_and_what_was_expected(string find, string change, string said)
    {
        House.ShouldContain(find);
        var mistakes = CaseFacts.Parse(House.Replace(find, change, StringComparison.Ordinal)).Mistakes;

        mistakes.ShouldNotBeEmpty();
        mistakes.ShouldAllBe(m => m.Line > 0 && m.Column > 0);
        string.Join('\n', mistakes).ShouldContain(said);
        string.Join('\n', mistakes).ShouldMatch(@"case\.yaml:\d+:\d+: ");
    }

    private static Decision Decided(CaseMap map, double room) => Decided(map, room, 0, Memory.Empty);

    private static Decision Decided(CaseMap map, double room, int minute, Memory memory)
    {
        var values = map.Read.ToDictionary(name => name, _ => room + 273.15);
        values[map.Weather.Outdoor] = 273.15;
        foreach (var opening in map.Zones.SelectMany(z => z.Opening)) values[opening] = 1;
        var state = new EmulatorState(20 * EmulatedHouse.Day + minute * EmulatedHouse.Minute, values);
        return Pilot.Decide(EmulatedSite.Of(map), new EmulatedSenses(map).See(state, Knowledge.None), memory);
    }
}
