namespace EnergyPilot.Io.Kernel;

/// <summary>
/// A channel of an industrial I/O device by its path without suffix, for example
/// <c>bus/iio/devices/iio:device0/in_concentration_co2</c>. Its files are found by adding _raw, _offset and _scale, or _input.
/// </summary>
public sealed record IioChannel(string Path)
{
    /// <summary>What a driver that computes the value itself shows, in the unit of the ABI.</summary>
    public const string InputSuffix = "_input";

    /// <summary>What the converter read.</summary>
    public const string RawSuffix = "_raw";

    private const string OffsetSuffix = "_offset", ScaleSuffix = "_scale";

    /// <summary>The device's folder.</summary>
    public string Folder { get; } = System.IO.Path.GetDirectoryName(Path) ?? "";

    /// <summary>The value in the unit of the ABI; drivers have this or the raw number.</summary>
    public string Input { get; } = Path + InputSuffix;

    /// <summary>What the converter read.</summary>
    public string Raw { get; } = Path + RawSuffix;

    /// <summary>Added before scaling; may be missing.</summary>
    public string Offset { get; } = Path + OffsetSuffix;

    /// <summary>Turns raw into the unit of the ABI.</summary>
    public string Scale { get; } = Path + ScaleSuffix;

    /// <summary>The offset of all channels of this type: in_voltage_offset for in_voltage0.</summary>
    public string SharedOffset { get; } = Path.TrimEnd(Digits) + OffsetSuffix;

    /// <summary>The scale of all channels of this type: in_voltage_scale for in_voltage0.</summary>
    public string SharedScale { get; } = Path.TrimEnd(Digits) + ScaleSuffix;

    private static char[] Digits => ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
}
