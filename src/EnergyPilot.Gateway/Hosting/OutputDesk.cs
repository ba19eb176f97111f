using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using Point = EnergyPilot.Core.Sites.Point;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Why a test of an output begins, or does not.</summary>
internal enum OutputTestState { Begun, Unknown, OutOfRange, Refused }

/// <summary>Sets outputs for half a minute by hand, through the control, with a line in the audit.</summary>
internal sealed class OutputDesk(LiveSite live, LiveView view, OverrideBook book, TimeProvider time)
{
    /// <summary>The output of this name, where the control sets it; nothing else is tested, because nobody would set it back.</summary>
    public Point? Find(string name) =>
        live.Site.Points.TryGetValue(new PointId(name), out var point) && point.Type.Access != Access.Read
            && view.Latest is { } record && record.Decision.Outputs.Any(o => o.Point == point.Id) ? point : null;

    /// <summary>All that may be tested, by name.</summary>
    public IEnumerable<Point> All => live.Site.Points.Values.Where(p => Find(p.Id.Name) is not null).OrderBy(p => p.Id);

    /// <summary>What people call the device that it is a part of.</summary>
    public string DeviceOf(Point output) => live.Site.Devices.FirstOrDefault(d => d.Points.Contains(output))?.Name ?? "";

    /// <summary>What the control sets it to now, and why.</summary>
    public Command? Now(Point output) => view.Latest?.Decision.Outputs.FirstOrDefault(o => o.Point == output.Id);

    /// <summary>The test that holds; nothing when there is none.</summary>
    public Override? Running(Point output) => book.Holding(time.GetUtcNow()).LastOrDefault(o => OutputTests.OutputOf(o) == output.Id);

    /// <summary>Begins a test; one that holds already ends.</summary>
    public OutputTestState Begin(string name, double value, Visitor by)
    {
        if (!by.May(Role.Installer)) return OutputTestState.Refused;
        if (Find(name) is not { } output) return OutputTestState.Unknown;
        if (!output.Type.Range.Contains(value)) return OutputTestState.OutOfRange;
        var now = time.GetUtcNow();
        var before = Now(output) is { } command ? command.Value.ToString(CultureInfo.InvariantCulture) : "";
        book.Replace(
            OutputTests.For(output.Id, value, by.Name, now),
            new AuditEntry(now, by.Name, by.From, "output tested", output.Id.Name, before, string.Create(CultureInfo.InvariantCulture, $"{value} until {now + OutputTests.Length:u}")));
        return OutputTestState.Begun;
    }

    /// <summary>Ends it before its time.</summary>
    public void End(Point output, Visitor by)
    {
        if (!by.May(Role.Installer) || Running(output) is not { } test) return;
        var now = time.GetUtcNow();
        book.Cancel(test.Id, by.Name, now, new AuditEntry(
            now, by.Name, by.From, "output test ended", output.Id.Name, string.Create(CultureInfo.InvariantCulture, $"{test.Setpoint.Degrees} until {test.Until:u}"), ""));
    }
}
