namespace EnergyPilot.Io.MBus;

/// <summary>What a record's value information says in all: the row of the table, changed by its VIFEs.</summary>
internal struct ValueMeaning
{
    public MBusQuantity Quantity;
    public MBusUnit Unit;
    public ValueScale Scale;
    public VifForm Form;
    public MBusModifiers Modifiers;
    public MBusRecordFault Fault;
    public string? Label;

    public static ValueMeaning Of(VifRow row, int code) => new()
    {
        Quantity = row.Quantity,
        Unit = row.Step == VifStep.LongDuration && code - row.First >= 2 ? (code - row.First == 2 ? MBusUnit.Month : MBusUnit.Year) : row.Unit,
        Scale = ValueScale.Of(row, code),
        Form = row.Form,
    };

    /// <summary>The value is something else than the quantity: a count, a time, a date about it.</summary>
    public void Becomes(MBusModifiers modifiers, VifForm form, MBusUnit unit, int multiplier)
    {
        Modifiers |= modifiers;
        Form = form;
        Unit = unit;
        Scale = new ValueScale(0, multiplier, 1);
    }
}

/// <summary>
/// The combinable VIFEs. Source: EN 13757-3, tables "combinable (orthogonal) VIFE" and its extension (after FCh), record error codes.
/// </summary>
internal static class VifeRules
{
    /// <summary>Announces a code of the extension table.</summary>
    public const int Extension = 0x7C;

    /// <summary>All further VIFEs are the manufacturer's.</summary>
    public const int Manufacturer = 0x7F;

    public static void Apply(int code, ref ValueMeaning meaning)
    {
        switch (code)
        {
            case < 0x20:
                ApplyCode(code, ref meaning);
                break;
            case < 0x40:
                ApplyReference(code, ref meaning);
                break;
            case < 0x70:
                ApplyLimit(code, ref meaning);
                break;
            case < 0x78:
                meaning.Scale = meaning.Scale.Shifted(code - 0x76);
                break;
            case < 0x7C:
                // Additive correction: to what unit the constant belongs is read in two ways; no value is better than a wrong one.
                meaning.Fault = MBusRecordFault.Unsupported;
                break;
            case 0x7D:
                meaning.Scale = meaning.Scale.Shifted(3);
                break;
            case 0x7E:
                meaning.Modifiers |= MBusModifiers.Future;
                break;
        }
    }

    public static void ApplyExtension(int code, ref ValueMeaning meaning) => meaning.Modifiers |= code switch
    {
        0x01 => MBusModifiers.Phase1,
        0x02 => MBusModifiers.Phase2,
        0x03 => MBusModifiers.Phase3,
        0x04 => MBusModifiers.Neutral,
        0x05 => MBusModifiers.Phase1 | MBusModifiers.Phase2,
        0x06 => MBusModifiers.Phase2 | MBusModifiers.Phase3,
        0x07 => MBusModifiers.Phase3 | MBusModifiers.Phase1,
        >= 0x08 and <= 0x0B => MBusModifiers.Quadrant,
        0x0C => MBusModifiers.Net,
        0x10 => MBusModifiers.Absolute,
        _ => MBusModifiers.Unknown,
    };

    private static void ApplyCode(int code, ref ValueMeaning meaning)
    {
        switch (code)
        {
            case 0x00:
                break;
            case 0x12:
                meaning.Modifiers |= MBusModifiers.Average;
                break;
            case 0x13 or 0x1E or 0x1F:
                meaning.Modifiers |= MBusModifiers.Profile;
                break;
            case 0x14 or 0x1D:
                meaning.Modifiers |= MBusModifiers.Unknown;
                break;
            default:
                meaning.Fault = FaultOf(code);
                break;
        }
    }

    private static MBusRecordFault FaultOf(int code) => code switch
    {
        0x15 => MBusRecordFault.NoData,
        0x16 => MBusRecordFault.Overflow,
        0x17 => MBusRecordFault.Underflow,
        0x18 => MBusRecordFault.DataError,
        0x1C => MBusRecordFault.PrematureEnd,
        <= 0x0F => MBusRecordFault.NotImplemented,
        _ => MBusRecordFault.DataError,
    };

    private static void ApplyReference(int code, ref ValueMeaning meaning)
    {
        if (code == 0x39)
            meaning.Becomes(MBusModifiers.BeginOf, VifForm.Time, MBusUnit.None, 1);
        if (code == 0x3D)
            meaning.Fault = MBusRecordFault.Unsupported;
        meaning.Modifiers |= code switch
        {
            0x28 or 0x29 => MBusModifiers.PerInputPulse,
            0x2A or 0x2B => MBusModifiers.PerOutputPulse,
            < 0x39 => MBusModifiers.Compound,
            0x3A => MBusModifiers.Uncorrected,
            0x3B => MBusModifiers.PositiveOnly,
            0x3C => MBusModifiers.NegativeOnly,
            0x3E => MBusModifiers.BaseConditions,
            0x3F => MBusModifiers.Unknown,
            _ => MBusModifiers.None,
        };
    }

    private static void ApplyLimit(int code, ref ValueMeaning meaning)
    {
        var occasion = (code & 4) == 0 ? MBusModifiers.First : MBusModifiers.Last;
        var limit = (code & 8) == 0 ? MBusModifiers.LowerLimit : MBusModifiers.UpperLimit;
        var edge = (code & 1) == 0 ? MBusModifiers.BeginOf : MBusModifiers.EndOf;
        switch (code)
        {
            case 0x40 or 0x48:
                meaning.Modifiers |= limit;
                break;
            case 0x41 or 0x49:
                meaning.Becomes(MBusModifiers.ExceedCount | limit, VifForm.Unsigned, MBusUnit.None, 1);
                break;
            case < 0x50 when (code & 2) == 0:
                meaning.Modifiers |= MBusModifiers.Unknown;
                break;
            case < 0x50:
                meaning.Becomes(limit | occasion | edge, VifForm.Time, MBusUnit.None, 1);
                break;
            case < 0x60:
                meaning.Becomes(limit | occasion | MBusModifiers.DurationOf, VifForm.Unsigned, MBusUnit.Second, ValueScale.Seconds(code & 3));
                break;
            case < 0x68:
                meaning.Becomes(occasion | MBusModifiers.DurationOf, VifForm.Unsigned, MBusUnit.Second, ValueScale.Seconds(code & 3));
                break;
            case 0x68 or 0x6C:
                // Here the limit stands in bit 2: E110 1u00.
                meaning.Modifiers |= MBusModifiers.DuringExceed | (code == 0x68 ? MBusModifiers.LowerLimit : MBusModifiers.UpperLimit);
                break;
            case 0x69:
                meaning.Modifiers |= MBusModifiers.Leakage;
                break;
            case 0x6D:
                meaning.Modifiers |= MBusModifiers.Overflow;
                break;
            default:
                meaning.Becomes(occasion | edge, VifForm.Time, MBusUnit.None, 1);
                break;
        }
    }
}
