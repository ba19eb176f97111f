using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Units;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>
/// Which device model a unit is, by asking for the registers of each: a value within the range that its file states speaks for a model, by as
/// many bits as chance would have to guess; one outside speaks against it. A hint, for any unit may hold anything.
/// </summary>
internal sealed class ModbusLikeness(ModbusTalk talk, byte unit)
{
    // With sixty models to choose from, six bits are chance alone; closer than the margin, two models are both named.
    private const double Convincing = 10, Perhaps = 6, Margin = 5;

    private const double MostOfOnePoint = 12, Implausible = -12, Refused = -4, AcceptedAddress = 2;

    // No meter counts in smaller steps; whole numbers that are read as floats nearly always look like this.
    private const double Tiny = 1e-6;

    private readonly Dictionary<(RegisterSpace, ushort, int), (ModbusResult Result, ushort[] Words)> heard = [];
    private readonly HashSet<RegisterSpace> unknown = [];

    /// <summary>"looks like eastron-sdm630", "perhaps a or b", or nothing.</summary>
    public async Task<string> Judge(ImmutableArray<DeviceType> models, CancellationToken stop)
    {
        foreach (var model in models) await Ask(model, stop);
        (DeviceType Model, double Score)[] ranked = [.. models.Select(m => (m, Score(m))).Where(s => s.Item2 >= Perhaps).OrderByDescending(s => s.Item2)];
        if (ranked.Length == 0) return "";
        if (ranked[0].Score >= Convincing && IsPlausible(ranked[0].Model) && (ranked.Length == 1 || ranked[0].Score - ranked[1].Score >= Margin)) return $"looks like {ranked[0].Model.Id}";
        return $"perhaps {string.Join(" or ", ranked.Where(s => ranked[0].Score - s.Score < Margin).Take(3).Select(s => s.Model.Id))}";
    }

    private async Task Ask(DeviceType model, CancellationToken stop)
    {
        var refusals = 0;
        var selectors = Selectors(model).ToArray();
        foreach (var where in selectors)
        {
            if (refusals > selectors.Length / 4 || unknown.Contains(where.Space)) return;
            if (!await Hears(where, stop)) refusals++;
        }
    }

    private async Task<bool> Hears(RegisterSelector where, CancellationToken stop)
    {
        var key = (where.Space, where.Address, ModbusTalk.Length(where));
        if (!heard.TryGetValue(key, out var answer))
        {
            answer = heard[key] = await talk.Read(ModbusTalk.Address(unit, where), key.Item3, stop);
            if (ModbusTalk.IsAbsent(answer.Result) || answer.Result.Code == ModbusExceptionCode.IllegalFunction) unknown.Add(where.Space);
        }

        return answer.Result.IsGood;
    }

    private double Score(DeviceType model)
    {
        // A unit that takes every address tells nothing by taking these.
        var accepted = heard.Values.Any(h => h.Result.Fault == ModbusFault.Exception) ? AcceptedAddress : 0;
        return model.Points.Where(p => p.Access != Access.Write).Sum(point => point.Where is RegisterSelector where
            ? heard.TryGetValue((where.Space, where.Address, ModbusTalk.Length(where)), out var answer) && answer.Result.IsGood
                ? accepted + Evidence(point, where.Encoding, answer.Words)
                : Refused
            : Refused);
    }

    // Whatever else speaks for a model: a single value that it cannot have makes it a guess.
    private bool IsPlausible(DeviceType model) => !model.Points.Any(p =>
        p.Access != Access.Write && p.Where is RegisterSelector where && heard.TryGetValue((where.Space, where.Address, ModbusTalk.Length(where)), out var answer)
        && answer.Result.IsGood && Evidence(p, where.Encoding, answer.Words) <= Implausible);

    private static IEnumerable<RegisterSelector> Selectors(DeviceType model) =>
        model.Points.Where(p => p.Access != Access.Write).Select(p => p.Where).OfType<RegisterSelector>();

    private static double Evidence(PointType point, RegisterEncoding encoding, ushort[] words)
    {
        if (Array.TrueForAll(words, w => w == 0) || point.Quantity == Quantity.State || encoding.Bits != BitRange.All) return 0;
        var value = RegisterCodec.Decode(encoding, words);
        if (double.IsNaN(value)) return encoding.NotAvailable.IsEmpty ? Implausible : 0;
        if (!point.Range.Contains(value) || IsFloat(encoding.Format) && Math.Abs(value) < Tiny) return Implausible;
        return Math.Clamp(-Math.Log2(Share(point.Range, encoding)), 0, MostOfOnePoint);
    }

    private static bool IsFloat(RegisterFormat format) => format is RegisterFormat.F32 or RegisterFormat.F64;

    // The share of all patterns that lie within the range: of floats by the octaves of their exponents, of whole numbers by their count.
    private static double Share(ValueRange range, RegisterEncoding encoding)
    {
        if (IsFloat(encoding.Format))
            return (Octaves(range.Low, range.High) + Octaves(-range.High, -range.Low)) / (encoding.Format == RegisterFormat.F32 ? 512 : 4096);
        var steps = Math.Abs(encoding.Unit.FromCanonical(range.High) - encoding.Unit.FromCanonical(range.Low)) / Math.Abs(encoding.Scale) + 1;
        return Math.Min(1, steps / Math.Pow(2, 16 * encoding.Format.Words()));
    }

    private static double Octaves(double low, double high) => high <= Tiny ? 0 : Math.Log2(high / Math.Max(low, Tiny)) + 1e-3;
}
