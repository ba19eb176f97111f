using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>Devices with their points as they were read last, and a look at a device before it is added. Adding one is a change of the site.</summary>
internal static class DevicesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/buses", Buses).WithName("Buses").WithSummary("Every bus, and what is wrong with it");
        api.MapGet("/devices", Devices).WithName("Devices").WithSummary("Every device, how it answers, and its points as they were read last");
        api.MapPost("/devices/probe", Ask).Needs(Role.Installer).WithName("ProbeDevice").WithSummary("Asks a device once that is not in the site yet");
    }

    private static BusRow[] Buses(FieldView field, Visit visit) => [.. field.Buses.Select(b => new BusRow(b.Bus.Id, b.Bus.Protocol.ToString(), TroubleRow.Of(b.Troubles, visit)))];

    private static DeviceRow[] Devices(SiteDesk desk, LiveView live, FieldView field) => [.. desk.Current.Devices.Select(d => DeviceRow.Of(d, live.Latest, field))];

    private static async Task<Results<Ok<ProbeRow>, BadParameter, AgainstRules>> Ask(ProbeRequest asked, SiteDesk desk, Probe probe, Visit visit, CancellationToken stop)
    {
        if (asked.Missing is { } missing) return new BadParameter(missing, "nothing", "a text that is not empty");
        var edits = new Devices.DeviceForm(asked.Id, "", asked.Type, asked.Bus, asked.Address, asked.Wiring ?? "", asked.Pulse ?? "").Edits().ToArray();
        if (desk.DeviceOf(edits, asked.Id) is not { } device)
            return new AgainstRules("Such a device would be a mistake.", ("mistakes", desk.Preview(edits).Mistakes.Select(m => FindingRow.Of(m, visit.Reader)).ToArray()));
        var answer = await probe.Ask(device, stop);
        return TypedResults.Ok(new ProbeRow(answer.State.ToString(), [.. answer.Readings.Select(r => PointRow.Of(r.Point, r.Reading))], TroubleRow.Of(answer.Found, visit)));
    }
}

/// <summary>A bus; it has no troubles while it works.</summary>
internal sealed record BusRow(string Bus, string Protocol, TroubleRow[] Troubles);

/// <summary>Something that is wrong, or was noticed.</summary>
/// <param name="Sentence">In the language that was asked for.</param>
internal sealed record TroubleRow(string Code, string Sentence)
{
    public static TroubleRow[] Of(IEnumerable<LineTrouble> troubles, Visit visit) => [.. troubles.Select(t => new TroubleRow(t.Fault.ToString(), visit.Reader.Sentence(t)))];
}

/// <summary>A device. Times are null and counters 0 for one that nobody asks.</summary>
/// <param name="LatencyMs">The middle one of its last answers.</param>
internal sealed record DeviceRow(
    string Id, string Name, string Type, string Bus, string Address, DateTimeOffset? LastHeard, long Requests, long Failures, long Unanswered, long Damaged, long Refused, double? LatencyMs, double? Latency99Ms, PointRow[] Points)
{
    public static DeviceRow Of(Core.Sites.Device device, CycleRecord? record, FieldView field)
    {
        var figures = field.Buses.FirstOrDefault(b => b.Bus.Id == device.Bus.Id)?.Counters.GetValueOrDefault(device.Id)?.Read();
        return new(
            device.Id, device.Name, device.Type.Id, device.Bus.Id, device.Address, figures is null ? null : LearningApi.Known(figures.LastGood), figures?.Requests ?? 0,
            figures?.Failures ?? 0, Of(figures, Trouble.Timeout, Trouble.Disconnected), Of(figures, Trouble.Checksum, Trouble.Foreign, Trouble.Meaning),
            Of(figures, Trouble.Exception), Milliseconds(figures?.Median), Milliseconds(figures?.Slowest),
            [.. device.Points.Select(p => PointRow.Of(p, record?.Snapshot.Of(p.Id) ?? Reading.Unreliable(Reliability.NoSensor, DateTimeOffset.MinValue)))]);
    }

    private static long Of(DeviceFigures? figures, params ReadOnlySpan<Trouble> troubles)
    {
        var sum = 0L;
        foreach (var trouble in troubles) sum += figures?.Of(trouble) ?? 0;
        return sum;
    }

    private static double? Milliseconds(TimeSpan? span) => span is { Ticks: > 0 } known ? Math.Round(known.TotalMilliseconds, 1) : null;
}

/// <summary>A point: its value in the unit, null while it cannot be trusted, and why.</summary>
internal sealed record PointRow(string Point, string Name, double? Value, string Unit, string Reliability, DateTimeOffset? At, bool IsOutput)
{
    public static PointRow Of(Core.Sites.Point point, Reading reading) => new(
        point.Id.Name, point.Type.Name, reading.IsReliable ? LearningApi.Known(reading.Value) : null, Core.Units.Unit.Canonical(point.Type.Quantity).Symbol, reading.Reliability.ToString(),
        LearningApi.Known(reading.At), point.Type.Access != Core.Devices.Access.Read);
}

/// <summary>A device that is not in the site yet.</summary>
internal sealed record ProbeRequest(string Id, string Type, string Bus, string Address, string? Wiring = null, string? Pulse = null)
{
    [JsonIgnore]
    public string? Missing =>
        string.IsNullOrEmpty(Id) ? "id" : string.IsNullOrEmpty(Type) ? "type" : string.IsNullOrEmpty(Bus) ? "bus" : string.IsNullOrEmpty(Address) ? "address" : null;
}

/// <summary>What it said.</summary>
/// <param name="State">Answers, Silent, or NotPossible where it could not be asked.</param>
/// <param name="Found">What else was noticed; why it could not be asked, and what to do instead.</param>
internal sealed record ProbeRow(string State, PointRow[] Points, TroubleRow[] Found);
