using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Faults;

/// <summary>How one poll ended.</summary>
/// <param name="Result">What the master said.</param>
/// <param name="Wrong">Values were accepted that are not the answer to this question.</param>
/// <param name="Over">Time beyond the deadline; negative when it ended before.</param>
internal readonly record struct PollOutcome(ModbusResult Result, bool Wrong, TimeSpan Over)
{
    /// <summary>Beyond this a poll has hung. Generous, for machines with other things to do; what was measured is shown.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    public bool Hung => Over > Slack;
}
