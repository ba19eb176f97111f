namespace EnergyPilot.Io.MBus;

/// <summary>What stands before a telegram's records. Short headers carry no identity, and some telegrams no header at all.</summary>
/// <param name="Identity">Who answered, or null.</param>
/// <param name="AccessNumber">Counts the meter's transmissions, modulo 256.</param>
/// <param name="Status">Bits: 0-1 application busy or in error, 2 power low, 3 permanent error, 4 temporary error, 5-7 by manufacturer.</param>
/// <param name="Signature">Configuration field: how the telegram is encrypted, if at all.</param>
public readonly record struct MBusHeader(MBusIdentity? Identity, byte AccessNumber, byte Status, ushort Signature);
