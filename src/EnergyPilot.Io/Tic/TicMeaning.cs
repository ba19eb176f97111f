using System.Globalization;

namespace EnergyPilot.Io.Tic;

/// <summary>
/// What the number of a label means. Sources: the label tables of Enedis-NOI-CPT_54E (Linky) and Enedis-NOI-CPT_02E (before it).
/// </summary>
/// <param name="Unit">The unit of the value after scaling.</param>
/// <param name="Accumulation">Whether it is an index.</param>
/// <param name="Scale">The meter's number times this is the value: 1000 for contract powers, which stand in kVA.</param>
public readonly record struct TicMeaning(TicUnit Unit, TicAccumulation Accumulation, double Scale)
{
    private const int MostDigits = 9;

    private static readonly TicMeaning Index = new(TicUnit.WattHours, TicAccumulation.Cumulative, 1);
    private static readonly TicMeaning ReactiveIndex = new(TicUnit.VoltAmpereReactiveHours, TicAccumulation.Cumulative, 1);

    /// <summary>The meaning of a label that carries a number; false for texts, registers of bits and unknown labels.</summary>
    public static bool TryFind(string label, out TicMeaning meaning)
    {
        var found = Historic(label) ?? Standard(label);
        meaning = found.GetValueOrDefault();
        return found is not null;
    }

    /// <summary>The value of a group's text; false when it is no number of at most nine digits.</summary>
    public bool TryRead(string text, out double value)
    {
        value = 0;
        if (text.Length is 0 or > MostDigits || !uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        value = number * Scale;
        return true;
    }

    private static TicMeaning? Historic(string label) => label switch
    {
        "BASE" => Index,
        "HCHC" or "HCHP" => Index,
        "EJPHN" or "EJPHPM" => Index,
        "BBRHCJB" or "BBRHPJB" or "BBRHCJW" or "BBRHPJW" or "BBRHCJR" or "BBRHPJR" => Index,
        "ISOUSC" or "IMAX" or "IMAX1" or "IMAX2" or "IMAX3" => Now(TicUnit.Amperes),
        "IINST" or "IINST1" or "IINST2" or "IINST3" => Now(TicUnit.Amperes),
        // Warnings that stand in a frame only while the current is too high; ADIR in the short frames of three-phase meters.
        "ADPS" or "ADIR1" or "ADIR2" or "ADIR3" => Now(TicUnit.Amperes),
        "PAPP" => Now(TicUnit.VoltAmperes),
        "PMAX" => Now(TicUnit.Watts),
        "PEJP" => Now(TicUnit.Minutes),
        _ => null,
    };

    private static TicMeaning? Standard(string label) => label switch
    {
        "EAST" or "EAIT" => Index,
        "EASD01" or "EASD02" or "EASD03" or "EASD04" => Index,
        "EASF01" or "EASF02" or "EASF03" or "EASF04" or "EASF05" => Index,
        "EASF06" or "EASF07" or "EASF08" or "EASF09" or "EASF10" => Index,
        "ERQ1" or "ERQ2" or "ERQ3" or "ERQ4" => ReactiveIndex,
        "IRMS1" or "IRMS2" or "IRMS3" => Now(TicUnit.Amperes),
        "URMS1" or "URMS2" or "URMS3" or "UMOY1" or "UMOY2" or "UMOY3" => Now(TicUnit.Volts),
        "PREF" or "PCOUP" => new(TicUnit.VoltAmperes, TicAccumulation.Momentary, 1000),
        "SINSTS" or "SINSTS1" or "SINSTS2" or "SINSTS3" or "SINSTI" => Now(TicUnit.VoltAmperes),
        "SMAXSN" or "SMAXSN1" or "SMAXSN2" or "SMAXSN3" or "SMAXIN" => Now(TicUnit.VoltAmperes),
        "SMAXSN-1" or "SMAXSN1-1" or "SMAXSN2-1" or "SMAXSN3-1" or "SMAXIN-1" => Now(TicUnit.VoltAmperes),
        "CCASN" or "CCASN-1" or "CCAIN" or "CCAIN-1" => Now(TicUnit.Watts),
        "NTARF" or "NJOURF" or "NJOURF+1" or "VTIC" => Now(TicUnit.Number),
        _ => null,
    };

    private static TicMeaning Now(TicUnit unit) => new(unit, TicAccumulation.Momentary, 1);
}
