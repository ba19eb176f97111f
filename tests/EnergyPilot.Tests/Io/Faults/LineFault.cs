namespace EnergyPilot.Tests.Io.Faults;

/// <summary>What the line does with one answer.</summary>
internal delegate Task Behaviour(Answering to);

/// <summary>How the poll under the fault has to end.</summary>
internal enum Ending { Good, Fault, Either }

/// <summary>One row of the matrix.</summary>
/// <param name="Name">A phrase.</param>
/// <param name="Plan">What becomes of the answers one after the other; the last of these lasts until <see cref="Polls"/> have ended.</param>
internal sealed record LineFault(string Name, params Behaviour[] Plan)
{
    /// <summary>Polls under the plan.</summary>
    public int Polls { get; init; } = 1;

    /// <summary>How the first of them ends.</summary>
    public Ending Ends { get; init; } = Ending.Fault;

    /// <summary>Polls after the plan until a good one: 1 is the very next; 2 where the master first has to find out that the connection is spoilt.</summary>
    public int Recovery { get; init; } = 1;

    /// <summary>What must not be; empty when all is well.</summary>
    public string MistakeOf(FaultOutcome outcome)
    {
        if (outcome.WrongValues > 0)
            return "wrong value";
        if (outcome.Hangs > 0)
            return "hang";
        if (outcome.Recovered == 0 || outcome.Recovered > Recovery)
            return "not recovered in time";
        return Ends != Ending.Either && outcome.First.Result.IsGood != (Ends == Ending.Good) ? $"should end as {Ends}" : "";
    }

    public override string ToString() => Name;
}
