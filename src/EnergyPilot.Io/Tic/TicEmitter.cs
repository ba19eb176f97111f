using System.Globalization;

namespace EnergyPilot.Io.Tic;

/// <summary>
/// A virtual single-phase meter with the base tariff: set what it counts, and it says so as a real one would, in either mode.
/// For demonstrations and tests.
/// </summary>
public sealed class TicEmitter(TicMode mode, TimeProvider time)
{
    private const double NominalVolts = 230;
    private const long IndexModulus = 1_000_000_000;

    // Real meters pause 16.7 to 33.4 ms between frames (Enedis-NOI-CPT_54E); a frame itself takes one to two seconds.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1.5);

    /// <summary>The meter's number, twelve digits.</summary>
    public string Address { get; init; } = "041876543210";

    /// <summary>The index of active energy, Wh; wraps after nine digits.</summary>
    public long EnergyWattHours { get; set; }

    /// <summary>What is drawn now, VA.</summary>
    public double PowerVoltAmperes { get; set; }

    /// <summary>The frame that the meter would say now.</summary>
    public TicFrame Frame() => new(mode, mode == TicMode.Standard ? Standard() : Historic());

    /// <summary>Says a frame now and every one and a half seconds until stopped; throws what the stream throws.</summary>
    public async Task Run(Stream line, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
            await line.WriteAsync(TicEncoder.Encode(Frame()), stop).ConfigureAwait(false);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }

    private TicGroup[] Historic() =>
    [
        new("ADCO", Address),
        new("OPTARIF", "BASE"),
        new("ISOUSC", "60"),
        new("BASE", Number(EnergyWattHours % IndexModulus, 9)),
        new("PTEC", "TH.."),
        new("IINST", Number(PowerVoltAmperes / NominalVolts, 3)),
        new("IMAX", "090"),
        new("PAPP", Number(PowerVoltAmperes, 5)),
        new("HHPHC", "A"),
        new("MOTDETAT", "000000"),
    ];

    private TicGroup[] Standard() =>
    [
        new("ADSC", Address),
        new("VTIC", "02"),
        new("DATE", "", new TicHorodate(time.GetUtcNow(), TicClock.Good)),
        new("NGTF", "      BASE      "),
        new("LTARF", "      BASE      "),
        new("EAST", Number(EnergyWattHours % IndexModulus, 9)),
        new("EASF01", Number(EnergyWattHours % IndexModulus, 9)),
        new("IRMS1", Number(PowerVoltAmperes / NominalVolts, 3)),
        new("URMS1", Number(NominalVolts, 3)),
        new("PREF", "12"),
        new("PCOUP", "12"),
        new("SINSTS", Number(PowerVoltAmperes, 5)),
        new("STGE", "003A0001"),
        new("MSG1", "PAS DE          MESSAGE         "),
        new("PRM", "01234567890123"),
        new("RELAIS", "000"),
        new("NTARF", "01"),
        new("NJOURF", "00"),
        new("NJOURF+1", "00"),
    ];

    // Too large a number fills its field with nines, so that the frame keeps its form.
    private static string Number(double value, int digits) =>
        Math.Clamp(Math.Round(value), 0, Math.Pow(10, digits) - 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
}
