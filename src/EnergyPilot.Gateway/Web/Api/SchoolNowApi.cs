using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Gateway.Web.Parts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>The school as its first page shows it: the verdict, what needs attention, the plant and the meters; and the line to the city.</summary>
internal static class SchoolNowApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/school", Now).WithName("School").WithSummary("The school as it is now: the verdict in a sentence, rooms that need attention, boiler, circuits and meters");
        api.MapGet("/uplink", City).WithName("Uplink").WithSummary("How the line to the city stands, where there is one");
    }

    private static Results<Ok<SchoolAnswer>, NotNow> Now(Visit visit) =>
        visit.School is { } school ? TypedResults.Ok(SchoolAnswer.Of(school, visit)) : NotNow.NoCycle;

    private static Results<Ok<UplinkRow>, NotNow> City(UplinkView uplink, Visit visit) =>
        uplink.Read() is { } figures ? TypedResults.Ok(UplinkRow.Of(figures, visit)) : new NotNow("Nothing is sent to a city, or not yet.");
}

/// <summary>The school as it is now.</summary>
/// <param name="Health">Well, Attention, Trouble, or Silent when no cycle came lately.</param>
internal sealed record SchoolAnswer(
    string Name, DateTimeOffset At, string Health, string Verdict, double? OutdoorC, double? MeanRoomC, RoomInNeed[] NeedAttention, BoilerRow Boiler, CircuitRow[] Circuits, MeterRow[] Meters)
{
    public static SchoolAnswer Of(SchoolView school, Visit visit) => new(
        visit.Site.Name, school.At.ToUniversalTime(), school.HealthAt(visit.Reader.Now).ToString(), Parts.Verdict.Line(school, visit.Reader),
        Value(school.Outdoor), LearningApi.Known(school.MeanRoom.Degrees),
        [.. Attention.Rooms(school).Select(z => new RoomInNeed(z.Zone.Id.Name, z.Zone.Name, visit.Reader.Sentence(Attention.Why(z))))],
        new BoilerRow(school.Boiler.Boiler.Name, school.Boiler.State.ToString(), Value(school.Boiler.Supply), Value(school.Boiler.Return), [.. school.Boiler.Why.Select(visit.Reader.Sentence)]),
        [.. school.Circuits.Select(c => CircuitRow.Of(c, visit))], [.. school.Meters.Select(MeterRow.Of)]);

    internal static double? Value(Reading reading) => reading.IsReliable ? LearningApi.Known(reading.Value) : null;
}

/// <summary>A room in which somebody could do something.</summary>
internal sealed record RoomInNeed(string Zone, string Name, string Why);

/// <summary>What the boiler does, and why.</summary>
/// <param name="State">LockedOut, Burning, Released or Resting.</param>
internal sealed record BoilerRow(string Name, string State, double? SupplyC, double? ReturnC, string[] Why);

/// <summary>What a circuit does, and why.</summary>
/// <param name="State">Running or Resting.</param>
/// <param name="WantedC">Null while nobody wants heat.</param>
internal sealed record CircuitRow(string Circuit, string Name, string State, double? SupplyC, double? ReturnC, double? WantedC, double DemandShare, string Why)
{
    public static CircuitRow Of(CircuitView circuit, Visit visit) => new(
        circuit.Circuit.Id.Name, circuit.Circuit.Name, circuit.State.ToString(), SchoolAnswer.Value(circuit.Supply), SchoolAnswer.Value(circuit.Return),
        circuit.State == CircuitState.Running && circuit.Wanted.Demand.Value > 0 ? LearningApi.Known(circuit.Wanted.Setpoint.Degrees) : null, Math.Round(circuit.Wanted.Demand.Value, 3),
        visit.Reader.Sentence(circuit.Wanted.Reason));
}

/// <summary>What a meter has counted since midnight, and on the day before until the same hour, in its unit.</summary>
/// <param name="Unit">kWh, or m³ of water.</param>
internal sealed record MeterRow(string Meter, string Name, string Medium, string Unit, double? Today, double? YesterdayByNow, double? PowerW)
{
    public static MeterRow Of(MeterView meter) => new(
        meter.Meter.Id, meter.Meter.Name, meter.Meter.Medium.ToString(), meter.Meter.Medium == Core.Sites.Medium.Water ? "m³" : "kWh",
        LearningApi.Known(meter.Today), LearningApi.Known(meter.Before), SchoolAnswer.Value(meter.Power));
}

/// <summary>The line to the city: samples that wait, were sent and were lost.</summary>
/// <param name="Troubles">Empty when nothing is wrong.</param>
internal sealed record UplinkRow(string Phase, TroubleRow[] Troubles, long Waiting, DateTimeOffset? Oldest, DateTimeOffset? Acknowledged, long Sent, long Lost)
{
    public static UplinkRow Of(UplinkFigures figures, Visit visit) => new(
        figures.Phase.ToString(), TroubleRow.Of(figures.Troubles, visit), figures.Waiting, figures.Waiting > 0 ? LearningApi.Known(figures.Oldest) : null,
        LearningApi.Known(figures.Acknowledged), figures.Samples, figures.Lost);
}
