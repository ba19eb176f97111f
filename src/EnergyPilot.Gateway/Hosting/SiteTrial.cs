using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// The version that a gateway has begun anew with is on trial until its first cycle has ended. One that ends before goes back to the version before it at its next
/// start: a change on the page must not leave a school with a gateway that starts and ends for ever. All members may be used from any thread.
/// </summary>
internal sealed partial class SiteTrial(TrialBook book, ILogger log)
{
    private readonly Lock gate = new();
    private volatile bool isOn;
    private long version;

    /// <summary>Whether no cycle has ended yet.</summary>
    public bool IsOn => isOn;

    /// <summary>The version that was given up in this run; 0 when none was.</summary>
    public long GivenUp { get; private set; }

    public void Begin(long number)
    {
        Keep(() => book.Put(number, TrialStep.Begun));
        lock (gate) (version, isOn) = (number, true);
    }

    /// <summary>A cycle has ended with this version; cheap when that is known.</summary>
    public void Prove(long number)
    {
        if (!isOn) return;
        isOn = false;
        Keep(() => book.Prove(number));
        LogProved(log, number);
    }

    /// <summary>Whether it was on trial, and so is given up now.</summary>
    public bool TryGiveUp()
    {
        lock (gate)
        {
            if (!isOn) return false;
            (isOn, GivenUp) = (false, version);
        }

        Keep(() => book.Put(version, TrialStep.Failed));
        return true;
    }

    /// <summary>One that the last start ended with.</summary>
    public void GiveUp(long number) => Keep(() => book.Put(number, TrialStep.Failed));

    /// <summary>It ended for another reason than itself: the next start tries it again.</summary>
    public void Postpone()
    {
        if (isOn) Keep(() => book.Put(version, TrialStep.Waits));
    }

    // A card that takes nothing keeps nobody from heating.
    private void Keep(Action write)
    {
        try
        {
            write();
        }
        catch (SqliteException e)
        {
            LogNotKept(log, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Version {Version} of the site has ended its first cycle: it stays")]
    private static partial void LogProved(ILogger log, long version);

    [LoggerMessage(LogLevel.Error, "How the site's newest version fares could not be kept: {Why}")]
    private static partial void LogNotKept(ILogger log, string why);
}
