namespace EnergyPilot.Tests.Core.Devices;

/// <summary>One known answer: what stands on the wire for a point of a device model, and the value that it stands for, in the canonical unit.</summary>
internal sealed record Vector(string Device, string Point, string Wire, double Value)
{
    public static TheoryData<string, string, string, double> Table(IEnumerable<Vector> lines)
    {
        var table = new TheoryData<string, string, string, double>();
        foreach (var (device, point, wire, value) in lines) table.Add(device, point, wire, value);
        return table;
    }

    /// <summary>Equal to a billionth, of large values by their size; not a number equals itself.</summary>
    public static void ShouldBeSame(double actual, double expected)
    {
        if (double.IsNaN(expected)) actual.ShouldBe(double.NaN);
        else actual.ShouldBe(expected, 1e-9 * Math.Max(1, Math.Abs(expected)));
    }
}
