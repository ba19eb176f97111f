namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Spares a bus the waiting for units that do not answer: after three timeouts in a row a unit is only asked again
/// after pauses that grow to 30 s. Any answer, even an exception, closes the breaker. Not thread-safe: one per poller.
/// </summary>
public sealed class UnitBreaker(TimeProvider time)
{
    private const int TimeoutsBeforePause = 3;

    private readonly Dictionary<byte, Patient> patients = [];

    /// <summary>Whether the unit should be asked now.</summary>
    public bool Allows(byte unit) => !patients.TryGetValue(unit, out var patient) || !patient.Backoff.IsPausing;

    /// <summary>Notes how a request to the unit ended.</summary>
    public void Note(byte unit, ModbusFault fault)
    {
        if (!patients.TryGetValue(unit, out var patient))
            patients[unit] = patient = new Patient(new Backoff(time, Random.Shared));
        if (fault != ModbusFault.Timeout)
        {
            patient.Timeouts = 0;
            patient.Backoff.Succeeded();
        }
        else if (++patient.Timeouts >= TimeoutsBeforePause - 1)
        {
            // The first failure of a backoff earns no pause: counting starts one timeout early.
            patient.Backoff.Failed();
        }
    }

    private sealed class Patient(Backoff backoff)
    {
        public Backoff Backoff => backoff;

        public int Timeouts { get; set; }
    }
}
