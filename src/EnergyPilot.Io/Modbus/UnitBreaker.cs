namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Spares a bus the waiting for units that do not answer: after three such requests in a row a unit is only asked again
/// after pauses that grow to 30 s. Any answer of its own, even an exception, closes the breaker.
/// </summary>
public sealed class UnitBreaker(TimeProvider time)
{
    private const int SilencesBeforePause = 3;

    private readonly Lock gate = new();
    private readonly Dictionary<byte, Patient> patients = [];

    /// <summary>Whether the unit should be asked now.</summary>
    public bool Allows(byte unit)
    {
        lock (gate)
            return !patients.TryGetValue(unit, out var patient) || !patient.Backoff.IsPausing;
    }

    /// <summary>Notes how a request to the unit ended.</summary>
    public void Note(byte unit, ModbusResult result)
    {
        lock (gate)
        {
            if (!patients.TryGetValue(unit, out var patient))
                patients[unit] = patient = new Patient(new Backoff(time, Random.Shared));
            if (!WasSilent(result))
            {
                patient.Silences = 0;
                patient.Backoff.Succeeded();
            }
            else if (++patient.Silences >= SilencesBeforePause - 1)
            {
                // The first failure of a backoff earns no pause: counting starts one silence early.
                patient.Backoff.Failed();
            }
        }
    }

    /// <summary>Forgets all silences: every unit is asked again.</summary>
    public void Forget()
    {
        lock (gate)
            patients.Clear();
    }

    // A gateway says with exceptions 10 and 11 that the unit behind it was silent: that cost its timeout instead of ours.
    // Garbage costs the whole deadline too.
    private static bool WasSilent(ModbusResult result) => result.Fault switch
    {
        ModbusFault.Timeout or ModbusFault.BadChecksum or ModbusFault.BadTransaction => true,
        ModbusFault.Exception => result.Code is ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetFailedToRespond,
        _ => false,
    };

    private sealed class Patient(Backoff backoff)
    {
        public Backoff Backoff => backoff;

        public int Silences { get; set; }
    }
}
