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
        api.MapGet("/buses/{id}/trace", Trace).WithName("BusTrace").WithSummary("The last frames of a bus with their meaning, as text");
        api.MapGet("/buses/{id}/trace.pcap", Capture).WithName("BusCapture").WithSummary("The same as a capture for Wireshark");
    }

    private static Results<Ok<ZoneHistory>, NotFound, BadRequest> Series(string id, PageDesk desk, TimeProvider clock, int hours = 24, string range = "")
    {
        var known = Enum.TryParse<HistoryRange>(range, ignoreCase: true, out var named) && Enum.IsDefined(named) && !char.IsDigit(range[0]);
        if (hours is < 1 or > ZoneHistory.LongestHours || (range.Length > 0 && !known)) return TypedResults.BadRequest();
        var (site, now) = (desk.Site(), clock.GetUtcNow());
        return site.Zones.FirstOrDefault(z => z.Id == new ZoneId(id)) is { } zone
            ? TypedResults.Ok(ZoneHistory.Of(zone, site, desk, known ? HistorySpan.Of(named, site, now) : HistorySpan.Last(hours, now)))
            : TypedResults.NotFound();
    }

    private static Results<Ok<IReadOnlyList<LedgerView>>, BadRequest> LegalLedger(PageDesk desk, TimeProvider clock, DateOnly? from = null, DateOnly? to = null)
    {
        var site = desk.Site();
        var last = to ?? DateOnly.FromDateTime(site.Local(clock.GetUtcNow()));
        var first = from ?? (last.DayNumber > LedgerView.UsualDays ? last.AddDays(-LedgerView.UsualDays) : last);
        if (last.DayNumber - first.DayNumber is < 0 or > LedgerView.LongestDays) return TypedResults.BadRequest();
        return TypedResults.Ok<IReadOnlyList<LedgerView>>([.. desk.Ledger(first, last).Select(d => LedgerView.Of(d, site))]);
    }

    private static Results<ContentHttpResult, NotFound> Trace(string id, FieldView field, int last = 100) =>
        TracedBus(id, field) is { Trace: { } trace } bus
            ? TypedResults.Text(TraceText.Of(bus.Bus, trace.Last(last)), "text/plain; charset=utf-8")
            : TypedResults.NotFound();

    private static Results<FileContentHttpResult, NotFound> Capture(string id, FieldView field)
    {
        if (TracedBus(id, field) is not { Trace: { } trace } bus || bus.Bus.Protocol != Protocol.Modbus) return TypedResults.NotFound();
        var file = new MemoryStream();
        TcpPcapWriter.Write(file, TraceText.CapturePort(bus.Bus), trace.Last(int.MaxValue));
        return TypedResults.File(file.ToArray(), "application/vnd.tcpdump.pcap", $"{id}.pcap");
    }

    private static IFieldBus? TracedBus(string id, FieldView field) => field.Buses.FirstOrDefault(b => b.Bus.Id == id);
}
