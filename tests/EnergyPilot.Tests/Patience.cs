namespace EnergyPilot.Tests;

/// <summary>A bound for whatever another process is waited for: one that hangs shall not hang the whole run, and says what it said last.</summary>
internal static class Patience
{
    /// <summary>Long enough for the slowest machine.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

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
