namespace EnergyPilot.Io.Json;

/// <summary>What stands at a place in a JSON text.</summary>
public enum JsonKind
{
    /// <summary>No such place, null, or a number too large to be held.</summary>
    Nothing,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>True.</summary>
    True,

    /// <summary>False.</summary>
    False,

    /// <summary>Text; also a whole payload that is no JSON.</summary>
    Text,

    /// <summary>An object or an array.</summary>
    Container,

    /// <summary>The text is no JSON, too long or nested too deeply.</summary>
    Malformed,
}
