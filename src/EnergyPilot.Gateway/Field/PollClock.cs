using EnergyPilot.Core.Devices;

namespace EnergyPilot.Gateway.Field;

/// <summary>Tells which poll classes are due. A missed beat is not made up for: the next one comes in its time.</summary>
internal sealed class PollClock(TimeSpan fast)
{
    private readonly DateTimeOffset[] next = new DateTimeOffset[4];

    /// <summary>True once per beat of this class; also after the clock went back further than one beat.</summary>
    public bool IsDue(PollClass poll, DateTimeOffset at)
    {
        var period = Period(poll);
        if (at < next[(int)poll] && next[(int)poll] - at <= period) return false;
        next[(int)poll] = poll == PollClass.Once ? DateTimeOffset.MaxValue : at + period;
        return true;
    }

    private TimeSpan Period(PollClass poll) => poll switch
    {
        PollClass.Fast => fast,
        PollClass.Normal => TimeSpan.FromSeconds(30),
        PollClass.Slow => TimeSpan.FromMinutes(5),
        _ => TimeSpan.MaxValue,
    };
}
