using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of what a building's supervisor may see.</summary>
internal static class SupervisorFields
{
    private const int LastUnit = 247;

    public static Shape<Supervisor> Shape(SiteReading reading, ImmutableArray<Zone> zones, ControlSettings control) => Shapes.Record(fields => Read(reading, zones, control, fields));

    private static Supervisor Read(SiteReading reading, ImmutableArray<Zone> zones, ControlSettings control, Fields fields)
    {
        var listen = fields.Need("listen", Listen, "The gateway's own address and port that it is served on");
        var unit = fields.Take("unit", Shapes.Whole(1, LastUnit), 1UL, "The unit number that the gateway answers to; 1 when missing");
        var writes = fields.Take("writes", Shapes.Choice<SupervisorWrites>(), SupervisorWrites.None, "operator: setpoints of zones may be written, and rank with the staff's overrides; \"none\" when missing");
        var hold = fields.Take("for", Shapes.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(7)), Supervisor.None.Hold, "How long a setpoint holds after it was last written; 30 min when missing");
        var registers = fields.Need("registers", Shapes.Map($"register addresses", Address, address => new SupervisedShape(address, reading, zones)), "What stands where: the 0-based address of the first of two registers (IEEE 754, high word first), then a point; its quality stands 10000 further");

        Check(registers, writes, hold, control, fields);
        var colon = listen.LastIndexOf(':');
        return new Supervisor(
            colon < 0 ? "" : listen[..colon].Trim('[', ']'), colon < 0 ? 0 : int.Parse(listen.AsSpan(colon + 1), CultureInfo.InvariantCulture),
            (byte)unit, writes, hold, [.. registers.Where(r => r.Point.Name.Length > 0).OrderBy(r => r.Address)]);
    }

    private static readonly Shape<string> Listen = Shapes.TextLike(
        $"an IP address of the gateway and a port, for example \"192.168.10.1:1502\", or \"0.0.0.0:1502\" for all of its addresses", @"^(\d+\.\d+\.\d+\.\d+|\[[0-9a-fA-F:]+\]):\d+$", IsListen);

    private static readonly Shape<string> Address = Shapes.TextLike(
        $"an address from 0 to {Supervisor.LastAddress}", @"^(0|[1-9]\d{0,3})$",
        text => IsWhole(text, Supervisor.LastAddress));

    private static bool IsListen(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && IsWhole(text[(colon + 1)..], ushort.MaxValue) && IsIpAddress(text[..colon]);
    }

    private static bool IsIpAddress(string host) => host.StartsWith('[')
        ? host.EndsWith(']') && host.Length > 3 && host[1..^1].All(c => char.IsAsciiHexDigit(c) || c == ':')
        : host.Split('.') is { Length: 4 } parts && parts.All(part => IsWhole(part, byte.MaxValue));

    private static bool IsWhole(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most && text == number.ToString(CultureInfo.InvariantCulture);

    private static void Check(ImmutableArray<SupervisedPoint> registers, SupervisorWrites writes, TimeSpan hold, ControlSettings control, Fields fields)
    {
        if (fields.IsBlank) return;
        CheckOverlap([.. registers.Where(r => r.Point.Name.Length > 0).OrderBy(r => r.Address)], fields);
        if (fields.Has("registers") && fields.At("registers").Node is MapNode { Entries.IsEmpty: true })
            fields.At("registers").Wrong($"no registers", $"at least one");
        if (fields.Has("for") && writes == SupervisorWrites.None)
            fields.At("for").Wrong($"\"for\" without \"writes: operator\"", $"it only where setpoints may be written");
        if (hold > control.LongestOverride)
            fields.At("for").Unexpected($"at most {control.LongestOverride.TotalHours} h, as for overrides by hand (control.longest-override)");
        if (writes == SupervisorWrites.Operator && registers.All(r => r.What != SupervisedValue.ZoneSetpoint))
            fields.At("writes").Warn($"\"operator\"", $"a register with the setpoint of a zone: nothing else can be written");
    }

    private static void CheckOverlap(ImmutableArray<SupervisedPoint> ordered, Fields fields)
    {
        for (var i = 1; i < ordered.Length; i++)
            if (ordered[i].Address - ordered[i - 1].Address < Supervisor.RegistersPerValue)
                fields.At("registers").Wrong(
                    $"{ordered[i].Point} at {ordered[i].Address}, where {ordered[i - 1].Point} has its second register",
                    $"two registers for each value");
    }
}
