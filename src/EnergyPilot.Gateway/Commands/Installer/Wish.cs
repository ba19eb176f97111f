using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>A value that somebody wants an output to have; one that the model does not take is refused at once.</summary>
internal sealed class Wish
{
    public Wish(Target target, Device device, Point point, string text)
    {
        (Target, Device, Point) = (target, device, point);
        var quantity = point.Type.Quantity;
        if (!ValueText.TryParse(quantity, text, out var value))
            throw VerbTrouble.Asked(quantity == Quantity.State
                ? $"{Name} takes on or off, not '{text}'."
                : $"{Name} takes a {FileWords.Of(quantity).Replace('-', ' ')}{(Unit.Canonical(quantity).Symbol is { Length: > 0 } symbol ? $" such as \"20 {symbol}\" (without a unit: {symbol})" : "")}, not '{text}'.");
        var range = point.Type.Range;
        if (!range.Contains(value))
            throw VerbTrouble.Asked($"{ValueText.Whole(quantity, value)} is outside of what {device.Type.Id} allows for {point.Type.Name}: {ValueText.Of(quantity, range.Low)} to {ValueText.Whole(quantity, range.High)}. Nothing was written.");
        Value = value;
    }

    public Target Target { get; }

    public Device Device { get; }

    public Point Point { get; }

    /// <summary>In the canonical unit.</summary>
    public double Value { get; }

    public string Name => Device.Type.Id.Length > 0 ? $"{Device.Id}.{Point.Type.Name}" : $"{Point.Type.Name} of unit {Device.Address}";

    public string Shown => ValueText.Whole(Point.Type.Quantity, Value);

    public const string Unconfirmed = "Nothing was written. Add --confirm to write it.";

    /// <summary>What becomes of a value written by hand where a gateway runs.</summary>
    public void Remind()
    {
        if (Target.Named.Length > 0) Console.WriteLine("A gateway that runs this site writes the output again when its own decision changes.");
    }
}
