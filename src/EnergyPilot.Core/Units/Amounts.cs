using System.Globalization;

namespace EnergyPilot.Core.Units;

/// <summary>Power [W].</summary>
public readonly record struct Watts(double Value)
{
    public static Watts operator +(Watts a, Watts b) => new(a.Value + b.Value);
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:0} W");
}

/// <summary>Energy [kWh]; of gas always on its gross calorific value.</summary>
public readonly record struct KilowattHours(double Value)
{
    public static KilowattHours operator +(KilowattHours a, KilowattHours b) => new(a.Value + b.Value);
    public static KilowattHours operator -(KilowattHours a, KilowattHours b) => new(a.Value - b.Value);
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:0.0} kWh");
}

/// <summary>Area [m²].</summary>
public readonly record struct SquareMetres(double Value)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:0.#} m²");
}

/// <summary>Length [m].</summary>
public readonly record struct Metres(double Value)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:0.##} m");
}

/// <summary>A share from 0 (nothing, shut, off) to 1 (all, open, on). Written "40 %" in files.</summary>
public readonly record struct Share(double Value)
{
    public static readonly Share None = new(0);
    public static readonly Share Full = new(1);

    /// <summary>The nearest share within 0 and 1; not-a-number counts as nothing.</summary>
    public static Share Of(double value) => new(double.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value * 100:0} %");
}

/// <summary>Numbers that say their unit where they stand: <c>20.5.Celsius</c>, <c>1.5.Kelvin</c>, <c>4500.0.Watts</c>.</summary>
public static class UnitNumbers
{
    extension(double number)
    {
        public Celsius Celsius => new(number);
        public Kelvin Kelvin => new(number);
        public Watts Watts => new(number);
        public KilowattHours KilowattHours => new(number);
        public SquareMetres SquareMetres => new(number);
        public Metres Metres => new(number);
    }
}
