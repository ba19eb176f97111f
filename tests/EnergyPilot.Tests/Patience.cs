namespace EnergyPilot.Tests;

/// <summary>A bound for whatever another process is waited for: one that hangs shall not hang the whole run, and says what it said last.</summary>
internal static class Patience
{
    /// <summary>Milliseconds after which a test counts as hanging: long enough for the slowest machine.</summary>
    public const int Hang = 600_000;

    /// <summary>The same, for whatever takes a time.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(Hang);

    /// <summary>Waits until the work is done, the test is cancelled, or the patience is over.</summary>
    public static async Task<T> Within<T>(Func<CancellationToken, Task<T>> work, Func<string> said, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Longest);
        try
        {
            return await work(limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited in vain for {Longest}. Until then it said:\n{said()}");
        }
    }
}
