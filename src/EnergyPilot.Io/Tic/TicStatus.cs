using System.Globalization;

namespace EnergyPilot.Io.Tic;

/// <summary>
/// The register STGE of standard mode, 32 bits written as eight hexadecimal digits.
/// Source: Enedis-NOI-CPT_54E, the table of the status register.
/// </summary>
/// <param name="Bits">The register as it stands.</param>
public readonly record struct TicStatus(uint Bits)
{
    private const int Digits = 8;

    /// <summary>Whether the meter's dry contact is open.</summary>
    public bool IsContactOpen => Bit(0);

    /// <summary>Why the supply is cut; <see cref="TicCutOff.Closed"/> while it is not.</summary>
    public TicCutOff CutOff => (TicCutOff)Field(1, 3);

    /// <summary>Whether the distributor's terminal cover is open.</summary>
    public bool IsCoverOpen => Bit(4);

    /// <summary>Whether a phase has too high a voltage.</summary>
    public bool HasOvervoltage => Bit(6);

    /// <summary>Whether more than the reference power is drawn.</summary>
    public bool ExceedsReferencePower => Bit(7);

    /// <summary>Whether the meter is set up for a producer.</summary>
    public bool IsProducer => Bit(8);

    /// <summary>Whether active energy flows back into the grid.</summary>
    public bool FlowsBack => Bit(9);

    /// <summary>The supplier's index that counts now, 1..10 (EASF01..EASF10).</summary>
    public int SupplierIndex => Field(10, 4) + 1;

    /// <summary>The distributor's index that counts now, 1..4 (EASD01..EASD04).</summary>
    public int DistributorIndex => Field(14, 2) + 1;

    /// <summary>How far the meter trusts its clock.</summary>
    public TicClock Clock => Bit(16) ? TicClock.Degraded : TicClock.Good;

    /// <summary>The mode of the output.</summary>
    public TicMode Mode => Bit(17) ? TicMode.Standard : TicMode.Historic;

    /// <summary>Tempo's colour of today.</summary>
    public TicColour Today => (TicColour)Field(24, 2);

    /// <summary>Tempo's colour of tomorrow.</summary>
    public TicColour Tomorrow => (TicColour)Field(26, 2);

    /// <summary>The mobile peak that is announced, 1..3; 0 when none is.</summary>
    public int AnnouncedPeak => Field(28, 2);

    /// <summary>The mobile peak that runs, 1..3; 0 when none does.</summary>
    public int RunningPeak => Field(30, 2);

    /// <summary>Reads the text of an STGE group.</summary>
    public static bool TryParse(string text, out TicStatus status)
    {
        var good = uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) && text.Length == Digits;
        status = new TicStatus(good ? bits : 0);
        return good;
    }

    private bool Bit(int number) => Field(number, 1) != 0;

    private int Field(int first, int width) => (int)(Bits >> first & ((1u << width) - 1));
}
