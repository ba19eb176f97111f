namespace EnergyPilot.Tests.Io.Faults;

/// <summary>How a row of the matrix ended.</summary>
/// <param name="First">The poll under the fault.</param>
/// <param name="WrongValues">Polls, also those after the fault, that accepted a wrong value.</param>
/// <param name="Hangs">Polls that lasted longer than they may.</param>
/// <param name="Recovered">Polls after the fault until the first good one; 0: never.</param>
/// <param name="Over">The longest time beyond a deadline.</param>
/// <param name="Reconnected">Whether a new connection was made.</param>
internal sealed record FaultOutcome(PollOutcome First, int WrongValues, int Hangs, int Recovered, TimeSpan Over, bool Reconnected);
