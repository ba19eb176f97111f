namespace EnergyPilot.Io.Tic;

/// <summary>The customer output of one meter, which speaks by itself all the time.</summary>
public interface ITicLine
{
    /// <summary>The last complete frame; null before the first.</summary>
    TicArrival? Latest { get; }

    /// <summary>Counts since the start.</summary>
    TicStatistics Statistics { get; }

    /// <summary>The first frame that comes after this call, while the line is listened to.</summary>
    Task<TicArrival> Next(CancellationToken stop);

    /// <summary>Listens until stopped; then it ends without an exception.</summary>
    Task Run(CancellationToken stop);
}
