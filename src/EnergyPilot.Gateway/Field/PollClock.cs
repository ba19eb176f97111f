using EnergyPilot.Core.Devices;

namespace EnergyPilot.Gateway.Field;

/// <summary>
/// Tells which poll classes are due. Timers come a little early or late: whoever comes within half a fast beat of it is on time, and the
/// beats stay on their grid. A missed beat is not made up for.
/// </summary>
internal sealed class PollClock(TimeSpan fast)
{
    private readonly DateTimeOffset[] next = new DateTimeOffset[4];

    /// <summary>True once per beat of this class; also after the clock went back further than one beat.</summary>
    public bool IsDue(PollClass poll, DateTimeOffset at)
    {
        var period = Period(poll);
        ref var beat = ref next[(int)poll];
        if (poll == PollClass.Once)
        {
            var first = beat == default;
            beat = DateTimeOffset.MaxValue;
            return first;
        }

        // After a pause, or a clock that was set back, the grid begins anew.
        var off = at - beat;
        if (off < -period || off >= period) beat = at;
        else if (off < -fast / 2) return false;
        beat += period;
        return true;
    }

    private TimeSpan Period(PollClass poll) => poll switch
    {
        PollClass.Fast => fast,
        PollClass.Normal => TimeSpan.FromSeconds(30),
        PollClass.Slow => TimeSpan.FromMinutes(5),
        _ => TimeSpan.Zero,
    };
}
