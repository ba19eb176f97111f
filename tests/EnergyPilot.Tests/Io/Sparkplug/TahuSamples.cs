namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>What Eclipse Tahu's sparkplug-payload 1.0.3 for JavaScript wrote of the values that the tests name.</summary>
internal static class TahuSamples
{
    /// <summary>Metric "ds": columns t (Double) and room (String), rows 21.5 CP and −0.5 CE1; timestamp 1, sequence 2.</summary>
    public const string DataSet =
        "0801123F0A02647320108A013608021201741204726F6F6D180A180C22110A092100000000008035400A043202435022120A0921000000000000E0BF0A0532034345311802";

    /// <summary>Metric "tp": an instance v1 of Zone with t = 19.5 (Float, at 7) and a definition "in" with n = −3 (Int8), parameters area 55.5 and label é.</summary>
    public const string Template =
        "0801125F0A02747020139201560A027631120C0A0174180720096500009C4112180A02696E201392010F120B0A016E200150FDFFFFFF0F28011A110A0461726561100A310000000000C04B40"
        + "1A0D0A056C6162656C100C4202C3A922045A6F6E6528001803";
}
