using System.ComponentModel;
using System.Globalization;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Devices;
using Microsoft.AspNetCore.Http.HttpResults;
using Point = EnergyPilot.Core.Sites.Point;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>Outputs as the control sets them, and their tests; and the models of device that can be added.</summary>
internal static class OutputsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/devices/types", Types).Needs(Role.Installer).WithName("DeviceTypes").WithSummary("Every model of device that this gateway can read");
        api.MapGet("/outputs", All).Needs(Role.Installer).WithName("Outputs").WithSummary("Every output that may be tested: where it stands, why, and its test");
        api.MapPut("/outputs/{point}/test", Begin).Needs(Role.Installer).WithName("TestOutput").WithSummary("Sets an output for 30 s; it returns by itself");
        api.MapDelete("/outputs/{point}/test", End).Needs(Role.Installer).WithName("EndOutputTest").WithSummary("Ends the test of an output before its time");
    }

    private static DeviceTypeRow[] Types(DeviceModels models) => [.. models.All.Select(DeviceTypeRow.Of)];

    private static OutputRow[] All(OutputDesk outputs, Visit visit) => [.. outputs.All.Select(o => OutputRow.Of(o, outputs, visit))];

    private static Results<NoContent, NothingFound, AgainstRules, NotAllowed> Begin([Description("The output")] string point, OutputTestRequest asked, OutputDesk outputs, Visit visit)
    {
        if (!asked.Confirmed) return new AgainstRules("confirmed: found false, allowed is true, when nobody can come to harm.");
        return outputs.Begin(point, asked.Value, visit.Visitor) switch
        {
            OutputTestState.Begun => TypedResults.NoContent(),
            OutputTestState.OutOfRange => new AgainstRules(string.Create(CultureInfo.InvariantCulture, $"value: found {asked.Value}, allowed is what this output can take.")),
            OutputTestState.Refused => new NotAllowed("Only installers test outputs."),
            _ => new NothingFound("output that the control sets", point),
        };
    }

    private static Results<NoContent, NothingFound> End([Description("The output")] string point, OutputDesk outputs, Visit visit)
    {
        if (outputs.Find(point) is not { } output) return new NothingFound("output that the control sets", point);
        outputs.End(output, visit.Visitor);
        return TypedResults.NoContent();
    }
}

/// <summary>An output that the control sets: its value in the unit, and the test that holds, where one does.</summary>
/// <param name="Priority">What decided the value.</param>
internal sealed record OutputRow(string Point, string Device, string Name, string Unit, double LowestValue, double HighestValue, double? Value, string? Priority, string? Why, double? TestValue, DateTimeOffset? TestUntil)
{
    public static OutputRow Of(Point output, OutputDesk outputs, Visit visit)
    {
        var (now, test, range) = (outputs.Now(output), outputs.Running(output), output.Type.Range);
        return new(
            output.Id.Name, outputs.DeviceOf(output), output.Type.Name, Core.Units.Unit.Canonical(output.Type.Quantity).Symbol, range.Low, range.High, now?.Value, now?.Priority.ToString(),
            now is null ? null : visit.Reader.Sentence(now.Reason), test?.Setpoint.Degrees, test?.Until.ToUniversalTime());
    }
}

/// <summary>A model of device.</summary>
/// <param name="HasWiring">Whether it is to be said how it is wired (normally-closed).</param>
/// <param name="HasPulse">Whether it is to be said what a pulse is worth ("0.1 m³").</param>
/// <param name="Caveats">What is known to go wrong with it, in English.</param>
internal sealed record DeviceTypeRow(string Type, string Maker, string Model, string Summary, string Protocol, bool HasWiring, bool HasPulse, string[] Caveats)
{
    public static DeviceTypeRow Of(Core.Devices.DeviceType type) => new(
        type.Id, type.Maker, type.Model, type.Summary, type.Protocol.ToString(), DeviceForm.HasWiring(type), DeviceForm.HasPulse(type), [.. type.Caveats.Select(c => c.Text)]);
}

/// <summary>To what an output is set for a test, in its unit.</summary>
internal sealed record OutputTestRequest(double Value, bool Confirmed = false);
