using System.Text;

namespace EnergyPilot.Io.Modbus;

/// <summary>One thing that a device says of itself (V1.1b3, 6.21).</summary>
/// <param name="Id">0 vendor, 1 product code, 2 revision, 3 vendor's page, 4 product, 5 model, 6 application; from 128 the maker's own.</param>
/// <param name="Value">As it came: the standard wants ASCII, devices send what they like.</param>
public readonly record struct IdentificationObject(byte Id, ReadOnlyMemory<byte> Value)
{
    /// <summary>Longest value that fits an answer, in bytes.</summary>
    public const int MaxLength = ModbusPdu.MaxLength - 9;

    /// <summary>An object with a text.</summary>
    public static IdentificationObject Of(byte id, string text) => new(id, Encoding.ASCII.GetBytes(text));

    /// <summary>The value for people: printable ASCII without the blanks and zeros around it, a question mark for every other byte.</summary>
    public string Text => string.Create(Value.Length, Value, static (text, value) =>
    {
        for (var i = 0; i < text.Length; i++)
            text[i] = value.Span[i] is >= 0x20 and < 0x7F and var c ? (char)c : value.Span[i] == 0 ? ' ' : '?';
    }).Trim();
}
