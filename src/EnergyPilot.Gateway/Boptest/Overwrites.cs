using System.Text.Json.Nodes;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>
/// Turns decisions into overwrites. Every mapped input is sent at every step, because an overwrite holds until it is withdrawn; values
/// beyond the emulator's bounds are clipped here and counted.
/// </summary>
internal sealed class Overwrites(CaseMap map, IReadOnlyDictionary<string, EmulatorPoint> inputs)
{
    /// <summary>How many values had to be clipped.</summary>
    public int Clipped { get; private set; }

    /// <summary>Withdraws every overwrite.</summary>
    public JsonObject None
    {
        get
        {
            var body = new JsonObject();
            foreach (var point in map.Overwritten) Withdraw(body, point);
            return body;
        }
    }

    public JsonObject Of(Decision decision)
    {
        var body = new JsonObject();
        var sent = decision.Outputs.ToDictionary(o => o.Point, o => o.Value);
        for (var i = 0; i < map.Zones.Length; i++) AddZone(body, map.Zones[i], decision.Targets[i], sent);
        for (var i = 0; i < map.Circuits.Length; i++) AddCircuit(body, map.Circuits[i], decision.Supplies[i], sent);
        AddPlant(body, decision, sent);
        return body;
    }

    private void AddZone(JsonObject body, CaseZone zone, ZoneTarget target, Dictionary<PointId, double> sent)
    {
        foreach (var valve in zone.Valve)
            Set(body, valve, Sent(sent, valve.Point, 0) / (valve.Follows == Follows.Demand ? 100 : 1));

        // An emulated thermostat reads the very sensor that we read: nothing near a radiator has to be corrected, and no battery to be spared.
        foreach (var thermostat in zone.Thermostat)
            Set(body, thermostat, Kelvins.FromCelsius(target.Setpoint.Degrees));
    }

    private void AddCircuit(JsonObject body, CaseCircuit circuit, CircuitSupply supply, Dictionary<PointId, double> sent)
    {
        foreach (var pump in circuit.Pump)
            Set(body, pump, Sent(sent, pump.Point, 0) > 0 ? Share(pump, supply.Demand.Value) : 0);
        foreach (var setpoint in circuit.Setpoint)
            Set(body, setpoint, Kelvins.FromCelsius(supply.Setpoint.Degrees));
    }

    private void AddPlant(JsonObject body, Decision decision, Dictionary<PointId, double> sent)
    {
        var demand = Demand(decision);
        foreach (var release in map.Plant.Release)
            Set(body, release, Sent(sent, release.Point, 0) > 0 ? Share(release, demand) : 0);

        // Even at rest no colder than what else lives by this water needs.
        var lowest = map.Circuits.Max(c => c.Curve.Lowest.Degrees);
        foreach (var setpoint in map.Plant.Setpoint)
            Set(body, setpoint, Kelvins.FromCelsius(Math.Max(Sent(sent, setpoint, lowest), lowest)));
    }

    private static double Share(CaseOutput output, double demand) => output.Follows == Follows.Demand ? demand : 1;

    private double Demand(Decision decision)
    {
        var (asked, power) = (0.0, 0.0);
        for (var i = 0; i < map.Zones.Length; i++)
        {
            asked += decision.Demands[i].Heat.Value * map.Zones[i].RadiatorPower.Value;
            power += map.Zones[i].RadiatorPower.Value;
        }

        return asked / power;
    }

    private static double Sent(Dictionary<PointId, double> sent, string point, double otherwise) => sent.GetValueOrDefault(EmulatedSite.Write(point), otherwise);

    private void Set(JsonObject body, CaseOutput output, double share)
    {
        if (share <= 0 && output.Rest == Rest.Own) Withdraw(body, output.Point);
        else Set(body, output.Point, output.Off + share * (output.On - output.Off));
    }

    private void Set(JsonObject body, string point, double value)
    {
        if (inputs.TryGetValue(point, out var facts) && (value < facts.Minimum || value > facts.Maximum))
        {
            Clipped++;
            value = value < facts.Minimum ? facts.Minimum : facts.Maximum;
        }

        body[point] = value;
        body[Activation(point)] = 1;
    }

    private static void Withdraw(JsonObject body, string point) => body[Activation(point)] = 0;

    private static string Activation(string point) => point[..^"_u".Length] + "_activate";
}
