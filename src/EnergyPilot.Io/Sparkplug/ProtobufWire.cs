namespace EnergyPilot.Io.Sparkplug;

/// <summary>How a field lies on the wire. Source: Protocol Buffers encoding, wire types; the values are theirs.</summary>
internal enum ProtobufWire
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    Fixed32 = 5,
}
