using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// The newest version is on trial until a cycle of it has ended. When the control fails before, or a start that has begun with it ends before, the next start goes
/// back to the version before it: a change on the page must not leave a school with a gateway that starts and ends for ever. All members may be used from any thread.
/// </summary>
internal sealed partial class SiteTrial(TrialBook book, ILogger log)
{
    private readonly Lock gate = new();

    // On trial: no cycle of it has ended. Owed: the card has not been told yet that one has.
    private bool isOn;
    private volatile bool isOwed;
    private long version, proved;
    private string trouble = "";

    /// <summary>The version that was given up in this run; 0 when none was.</summary>
    public long GivenUp { get; private set; }

    /// <summary>Whether no cycle of this version has ended: it is on trial, or was given up.</summary>
    public bool IsOn(long number)
    {
        lock (gate) return (isOn && version == number) || (GivenUp == number && number > 0);
    }

    /// <summary>A start begins with it.</summary>
    public void Begin(long number)
    {
        TryKeep(() => book.Put(number, TrialStep.Begun));
        Watch(number);
    }

    /// <summary>It holds from the next cycle on, which the card knows as one that waits.</summary>
    public void Watch(long number)
    {
        lock (gate) (version, isOn, isOwed) = (number, true, true);
    }

    /// <summary>A cycle has ended with this version; cheap when that is known. A card that does not take it is told again with the next cycle.</summary>
    public void Prove(long number)
    {
        if (!isOwed) return;
        lock (gate)
        {
            if (number >= version) isOn = false;
            if (number == proved) return;
        }

        if (!TryKeep(() => book.Prove(number))) return;
        lock (gate)
        {
            proved = number;
            if (number < version) return;
            isOwed = false;
        }

        LogProved(log, number);
    }

    /// <summary>Whether it was on trial, and so is given up now.</summary>
    public bool TryGiveUp()
    {
        lock (gate)
        {
            if (!isOn) return false;
            (isOn, isOwed, GivenUp) = (false, false, version);
        }

        GiveUp(GivenUp);
        return true;
    }

    /// <summary>One that the last start ended with.</summary>
    public void GiveUp(long number) => TryKeep(() => book.Put(number, TrialStep.Failed));

    /// <summary>It ended for another reason than itself: the next start tries it again, unless it is proved.</summary>
    public void Postpone()
    {
        if (!isOwed) return;
        bool waits;
        lock (gate) waits = isOn;
        if (waits) TryKeep(() => book.Put(version, TrialStep.Waits));
        else Prove(version);
    }

    // A card that takes nothing keeps nobody from heating.
    private bool TryKeep(Action write)
    {
        try
        {
            write();
            trouble = "";
            return true;
        }
        catch (SqliteException e)
        {
            if (trouble != e.Message) LogNotKept(log, trouble = e.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "Version {Version} of the site has ended its first cycle: it stays")]
    private static partial void LogProved(ILogger log, long version);

    [LoggerMessage(LogLevel.Error, "How the site's newest version fares could not be kept: {Why}")]
    private static partial void LogNotKept(ILogger log, string why);
}
