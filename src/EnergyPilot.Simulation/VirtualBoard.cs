using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Gpio;

namespace EnergyPilot.Simulation;

/// <summary>The GPIO chip of the virtual school: contacts close and meters pulse as the physics goes on, relays switch it. Nothing energises a relay before somebody opens its line.</summary>
internal sealed class VirtualBoard : IGpioBoard
{
    private const int Lines = 54;   // Raspberry Pi

    private readonly VirtualSchool school;
    private readonly VirtualGpioBoard board;
    private readonly (Point Point, int Number, LineUse Use, string Device)[] lines;
    private readonly Dictionary<int, long> pulsed = [];
    private readonly HashSet<int> opened = [];

    public VirtualBoard(VirtualSchool school, Bus bus, TimeProvider time)
    {
        (this.school, board) = (school, new VirtualGpioBoard(Lines, time));
        lines = [.. school.Site.Devices.Where(d => d.Bus.Id == bus.Id)
            .SelectMany(d => d.Points, (d, p) => (p, int.Parse(d.Address, CultureInfo.InvariantCulture), ((LineSelector)p.Type.Where).Use, d.Id))];
        foreach (var line in lines.Where(l => l.Use == LineUse.Pulse)) pulsed[line.Number] = (long)school.Read(line.Point);
        foreach (var line in lines.Where(l => l.Use == LineUse.Relay)) school.Write(line.Point, 0);
        school.EachMinute(Minute);
    }

    public void OpenInput(int line, GpioInput input) => school.Do(() =>
    {
        board.OpenInput(line, input);
        opened.Add(line);
    });

    public void OpenOutput(int line, GpioOutput output) => school.Do(() =>
    {
        board.OpenOutput(line, output);
        Switch(line);
    });

    public void Release(int line) => school.Do(() =>
    {
        board.Release(line);
        opened.Remove(line);
    });

    public bool TryRead(int line, out GpioLevel level)
    {
        var read = GpioLevel.Inactive;
        var good = false;
        school.Do(() => good = board.TryRead(line, out read) && !IsSilent(line));
        level = read;
        return good;
    }

    public bool TryWrite(int line, GpioLevel level)
    {
        var good = false;
        school.Do(() =>
        {
            good = !IsSilent(line) && board.TryWrite(line, level);
            Switch(line);
        });
        return good;
    }

    public int TakeEdges(int line, Span<GpioEdge> edges)
    {
        var buffer = new GpioEdge[edges.Length];
        var taken = 0;
        school.Do(() => taken = board.TakeEdges(line, buffer));
        buffer.AsSpan(0, taken).CopyTo(edges);
        return taken;
    }

    public void Dispose() => school.Do(() =>
    {
        board.Dispose();
        foreach (var line in lines.Where(l => l.Use == LineUse.Relay)) Switch(line.Number);
    });

    private void Minute()
    {
        foreach (var (point, number, use, device) in lines)
        {
            if (use == LineUse.Relay || school.Has(FaultKind.Silent, device)) continue;
            if (use == LineUse.Pulse) Pulse(point, number);

            // A contact connects its line to ground.
            else board.Drive(number, school.Read(point) >= 0.5 ? GpioVoltage.Low : GpioVoltage.High);
        }
    }

    private void Pulse(Point point, int number)
    {
        var index = (long)school.Read(point);

        // A meter pulses whether or not anybody counts.
        if (opened.Contains(number)) board.Pulse(number, (int)(index - pulsed[number]));
        pulsed[number] = index;
    }

    private void Switch(int number)
    {
        foreach (var line in lines)
            if (line.Number == number && line.Use == LineUse.Relay)
                school.Write(line.Point, board.Voltage(number) == GpioVoltage.High ? 1 : 0);
    }

    private bool IsSilent(int number)
    {
        foreach (var line in lines)
            if (line.Number == number) return school.Has(FaultKind.Silent, line.Device);
        return false;
    }
}
