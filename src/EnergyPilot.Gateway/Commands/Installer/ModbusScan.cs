using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Asks every unit of a line whether it is there, what it says of itself, and what its registers look like.</summary>
internal sealed class ModbusScan(Target target, UnitRange range, TimeSpan? deadline)
{
    private static readonly int[] UsualSpeeds = [9600, 19200, 38400, 115200, 57600, 4800, 2400, 1200];
    private static readonly Parity[] UsualParities = [Parity.None, Parity.Even];

    // A gateway may itself wait for a silent unit; a unit on the line has a third of a second for its turn, and the time of some 30 characters.
    private static readonly TimeSpan OverTcp = TimeSpan.FromMilliseconds(500), OnLine = TimeSpan.FromMilliseconds(200);
    private const int Characters = 30;

    private readonly List<Found> found = [];
    private readonly ImmutableArray<DeviceType> models = Models.Of(target);
    private UnitRange asked;

    public async Task<int> Run(CancellationToken stop)
    {
        if (IsSerial && (range.First == 0 || range.Last > 247)) throw VerbTrouble.Asked("Units on a serial line have the numbers 1 to 247.");
        await BusDoor.Try(target, stop);
        var began = TimeProvider.System.GetTimestamp();
        var formats = Formats().ToArray();
        var spoken = formats[0];
        try
        {
            await Bar.During($"{target.Name}: units {range}", async report =>
            {
                for (var i = 0; i < formats.Length && found.Count == 0; i++)
                {
                    spoken = formats[i];
                    await Sweep(target with { Bus = target.Bus with { Format = spoken } }, (share, what) => report((i + share) / formats.Length, what), stop);
                }
            });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted; so far:");
        }

        Print(spoken, TimeProvider.System.GetElapsedTime(began));
        return found.Count > 0 ? 0 : 2;
    }

    private IEnumerable<LineFormat> Formats() => target.Search switch
    {
        LineSearch.AnySpeedAndParity => UsualSpeeds.SelectMany(_ => UsualParities, (speed, parity) => target.Bus.Format with { BaudRate = speed, Parity = parity }),
        LineSearch.AnySpeed => UsualSpeeds.Select(speed => target.Bus.Format with { BaudRate = speed }),
        _ => [target.Bus.Format],
    };

    private async Task Sweep(Target at, Action<double, string> report, CancellationToken stop)
    {
        await using var talk = new ModbusTalk(at, deadline ?? (IsSerial ? OnLine + new SerialLine(at.Bus.Format.BaudRate).Frame(Characters) : OverTcp));
        for (var unit = (int)range.First; unit <= range.Last; unit++)
        {
            asked = range with { Last = (byte)unit };
            report((unit - range.First) / (double)range.Count, $"{target.Name}{(at.Search == LineSearch.Known ? "" : $" at {Words(at.Bus.Format)}")}: unit {unit}, {found.Count} found");
            await Ask(talk, (byte)unit, stop);
        }
    }

    private async Task Ask(ModbusTalk talk, byte unit, CancellationToken stop)
    {
        var began = TimeProvider.System.GetTimestamp();
        var (result, _) = await talk.Read(new ModbusAddress(unit, ModbusSpace.HoldingRegisters, 0), 1, stop);

        // Some cheap sensors keep silent about a function that they do not know. A TCP device or gateway does not.
        if (IsSerial && result.Fault == ModbusFault.Timeout)
            (result, _) = await talk.Read(new ModbusAddress(unit, ModbusSpace.InputRegisters, 0), 1, stop);
        if (ModbusTalk.IsAbsent(result)) return;
        var took = TimeProvider.System.GetElapsedTime(began);
        if (!result.IsGood && result.Fault != ModbusFault.Exception)
        {
            found.Add(new Found(unit, "", ModbusTalk.Words(result), took));
            return;
        }

        var said = await talk.Master.ReadIdentification(unit, IdentificationScope.Basic, talk.Deadline, stop);
        var likeness = await new ModbusLikeness(talk, unit).Judge(models, stop);
        found.Add(new Found(unit, string.Join(' ', new[] { said.Vendor, said.ProductCode, said.Revision }.Where(t => t.Length > 0)), likeness, took));
    }

    private bool IsSerial => target.Bus.Place is not NetworkPlace { Carrying: Carrying.Plain };

    private void Print(LineFormat spoken, TimeSpan took)
    {
        var silent = target.Devices.Where(d => byte.Parse(d.Address, CultureInfo.InvariantCulture) is var unit && unit >= asked.First && unit <= asked.Last && found.All(f => f.Unit != unit)).ToArray();
        if (found.Count > 0)
            new Sheet([">unit", "says of itself", "registers", "site file", ">answered in"], [.. found.Select(f => (ImmutableArray<string>)
                [$"{f.Unit}", f.Says.Length > 0 ? f.Says : ValueText.None, f.Likeness.Length > 0 ? f.Likeness : "unknown model", Planned(f.Unit), $"{f.Took.TotalMilliseconds:0} ms"])]).Print();
        foreach (var device in silent)
            Console.WriteLine($"Silent: unit {device.Address}, {device.Id} ({device.Type.Id}) by the site file.");
        Console.WriteLine($"{(found.Count == 0 ? "No unit answers" : found.Count == 1 ? "1 unit answers" : $"{found.Count} units answer")} on {target.Bus.Where}{(IsSerial ? $" at {Words(spoken)}" : "")}; {asked} asked in {took.TotalSeconds:0.#} s.");
        if (found.Count == 0)
            Console.WriteLine(Advice());
        else if (found.FirstOrDefault(f => f.Likeness.StartsWith("looks like ", StringComparison.Ordinal)) is { } one)
            Console.WriteLine($"Next: energypilot read {target.Name} --unit {one.Unit} --type {one.Likeness["looks like ".Length..]}");
    }

    private string Advice() => (IsSerial, target.Search) switch
    {
        (true, LineSearch.Known) => "Are A and B swapped, is the device supplied, is another master on the line? Try --baud all, which tries the usual speeds.",
        (true, _) => "At no usual speed. Are A and B swapped, is the device supplied, is another master on the line?",
        _ => "A slow gateway needs longer: try --deadline 2s.",
    };

    private string Planned(byte unit) => target.Devices.FirstOrDefault(d => d.Address == unit.ToString(CultureInfo.InvariantCulture)) is { } device
        ? $"{device.Id} ({device.Type.Id})" : ValueText.None;

    private static string Words(LineFormat format) => $"{format.BaudRate} 8{format.Parity.ToString()[0]}{format.StopBits}";

    private sealed record Found(byte Unit, string Says, string Likeness, TimeSpan Took);
}
