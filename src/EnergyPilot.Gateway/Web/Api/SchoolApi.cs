using System.ComponentModel;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Web.Zones;
using EnergyPilot.Io.Tracing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>The school's history before the law, of its zones, and of what was said on its wires.</summary>
internal static class SchoolApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/zones/{id}/series", Series).WithName("ZoneSeries").WithSummary("A zone's last hours, or its day, week, month or season (range), on one time axis");
        api.MapGet("/ledger", LegalLedger).WithName("Ledger").WithSummary("Temperatures before the law, day by day");
        api.MapGet("/buses/{id}/trace", Trace).WithName("BusTrace").WithSummary("The last frames of a bus with their meaning, as text").Produces<string>(StatusCodes.Status200OK, "text/plain");
        api.MapGet("/buses/{id}/trace.pcap", Capture).WithName("BusCapture").WithSummary("The same as a capture for Wireshark").Produces(StatusCodes.Status200OK, contentType: "application/vnd.tcpdump.pcap");
    }

    private static Results<Ok<ZoneHistory>, NothingFound, BadParameter> Series(
        [Description("The zone")] string id, PageDesk desk, TimeProvider clock, [Description("How far back, 1 to 168")] int hours = 24, [Description("day, week, month or season, instead of hours")] string range = "")
    {
        var known = Enum.TryParse<HistoryRange>(range, ignoreCase: true, out var named) && Enum.IsDefined(named) && !char.IsDigit(range[0]);
        if (hours is < 1 or > ZoneHistory.LongestHours) return BadParameter.Outside("hours", hours, 1, ZoneHistory.LongestHours);
        if (range.Length > 0 && !known) return new BadParameter("range", range, string.Join(", ", Enum.GetNames<HistoryRange>().Select(n => n.ToLowerInvariant())));
        var (site, now) = (desk.Site(), clock.GetUtcNow());
        return site.Zones.FirstOrDefault(z => z.Id == new ZoneId(id)) is { } zone
            ? TypedResults.Ok(ZoneHistory.Of(zone, site, desk, known ? HistorySpan.Of(named, site, now) : HistorySpan.Last(hours, now)))
            : new NothingFound("zone", id);
    }

    private static Results<Ok<IReadOnlyList<LedgerView>>, BadParameter> LegalLedger(
        PageDesk desk, TimeProvider clock, [Description("First day; usually 30 days before the last")] DateOnly? from = null, [Description("Last day; usually today")] DateOnly? to = null)
    {
        var site = desk.Site();
        var last = to ?? DateOnly.FromDateTime(site.Local(clock.GetUtcNow()));
        var first = from ?? (last.DayNumber > LedgerView.UsualDays ? last.AddDays(-LedgerView.UsualDays) : last);
        if (last.DayNumber - first.DayNumber is < 0 or > LedgerView.LongestDays) return new BadParameter("from", $"{first:yyyy-MM-dd}", $"at most {LedgerView.LongestDays} days before {last:yyyy-MM-dd}, and not after it");
        return TypedResults.Ok<IReadOnlyList<LedgerView>>([.. desk.Ledger(first, last).Select(d => LedgerView.Of(d, site))]);
    }

    private static Results<ContentHttpResult, NothingFound> Trace([Description("The bus")] string id, FieldView field, [Description("How many frames")] int last = 100) =>
        TracedBus(id, field) is { Trace: { } trace } bus
            ? TypedResults.Text(TraceText.Of(bus.Bus, trace.Last(last)), "text/plain; charset=utf-8")
            : new NothingFound("bus that is traced", id);

    private static Results<FileContentHttpResult, NothingFound> Capture([Description("The bus")] string id, FieldView field)
    {
        if (TracedBus(id, field) is not { Trace: { } trace } bus || bus.Bus.Protocol != Protocol.Modbus) return new NothingFound("bus that is traced and speaks Modbus", id);
        var file = new MemoryStream();
        TcpPcapWriter.Write(file, TraceText.CapturePort(bus.Bus), trace.Last(int.MaxValue));
        return TypedResults.File(file.ToArray(), "application/vnd.tcpdump.pcap", $"{id}.pcap");
    }

    private static IFieldBus? TracedBus(string id, FieldView field) => field.Buses.FirstOrDefault(b => b.Bus.Id == id);
}
