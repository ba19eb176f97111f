using System.Globalization;

namespace EnergyPilot.Core.Units;

/// <summary>A temperature on the Celsius scale [°C]. Differences of two are <see cref="Kelvin"/>, so that 19 °C plus 19 °C does not compile.</summary>
public readonly record struct Celsius(double Degrees) : IComparable<Celsius>
{
    public static Celsius operator +(Celsius t, Kelvin d) => new(t.Degrees + d.Difference);
    public static Celsius operator -(Celsius t, Kelvin d) => new(t.Degrees - d.Difference);
    public static Kelvin operator -(Celsius a, Celsius b) => new(a.Degrees - b.Degrees);
    public static bool operator <(Celsius a, Celsius b) => a.Degrees < b.Degrees;
    public static bool operator >(Celsius a, Celsius b) => a.Degrees > b.Degrees;
    public static bool operator <=(Celsius a, Celsius b) => a.Degrees <= b.Degrees;
    public static bool operator >=(Celsius a, Celsius b) => a.Degrees >= b.Degrees;

    public static Celsius Max(Celsius a, Celsius b) => a >= b ? a : b;
    public static Celsius Min(Celsius a, Celsius b) => a <= b ? a : b;

    /// <summary>The nearest temperature within the two bounds.</summary>
    public Celsius Within(Celsius low, Celsius high) => Max(low, Min(high, this));

    public int CompareTo(Celsius other) => Degrees.CompareTo(other.Degrees);
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Degrees:0.0} °C");
}

/// <summary>A difference of temperatures [K].</summary>
public readonly record struct Kelvin(double Difference) : IComparable<Kelvin>
{
    public static Kelvin operator +(Kelvin a, Kelvin b) => new(a.Difference + b.Difference);
    public static Kelvin operator -(Kelvin a, Kelvin b) => new(a.Difference - b.Difference);
    public static Kelvin operator -(Kelvin a) => new(-a.Difference);
    public static Kelvin operator *(double factor, Kelvin a) => new(factor * a.Difference);
    public static bool operator <(Kelvin a, Kelvin b) => a.Difference < b.Difference;
    public static bool operator >(Kelvin a, Kelvin b) => a.Difference > b.Difference;
    public static bool operator <=(Kelvin a, Kelvin b) => a.Difference <= b.Difference;
    public static bool operator >=(Kelvin a, Kelvin b) => a.Difference >= b.Difference;

    public int CompareTo(Kelvin other) => Difference.CompareTo(other.Difference);
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Difference:0.0} K");
}
