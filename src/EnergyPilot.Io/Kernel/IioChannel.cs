namespace EnergyPilot.Io.Kernel;

/// <summary>
/// A channel of an industrial I/O device by its path without suffix, for example
/// <c>bus/iio/devices/iio:device0/in_concentration_co2</c>. Its files are found by adding _raw, _offset and _scale.
/// </summary>
public sealed record IioChannel(string Path)
{
    /// <summary>The device's folder.</summary>
    public string Folder { get; } = System.IO.Path.GetDirectoryName(Path) ?? "";

    /// <summary>What the converter read.</summary>
    public string Raw { get; } = Path + "_raw";

    /// <summary>Added before scaling; may be missing.</summary>
    public string Offset { get; } = Path + "_offset";

    /// <summary>Turns raw into the unit of the ABI.</summary>
    public string Scale { get; } = Path + "_scale";
}
