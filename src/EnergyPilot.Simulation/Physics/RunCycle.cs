namespace EnergyPilot.Simulation.Physics;

/// <summary>When a burner or compressor runs: hysteresis around the set-point, minimum times, limiter and lock-out.</summary>
internal sealed class RunCycle
{
    private const double LimiterResetK = 5.0;

    private readonly Thresholds thresholds;
    private double secondsSinceSwitch;
    private bool overLimit;

    public RunCycle(Thresholds thresholds)
    {
        this.thresholds = thresholds;
        secondsSinceSwitch = thresholds.MinimumOffS;
    }

    public bool IsOn { get; private set; }

    public int Starts { get; private set; }

    /// <summary>Decides for one step; true when it has just started.</summary>
    public bool Decide(double seconds, in SourceState state)
    {
        secondsSinceSwitch += seconds;
        overLimit = state.FlowC > thresholds.LimitC || (overLimit && state.FlowC > thresholds.LimitC - LimiterResetK);
        if (IsOn && MustStop(state))
        {
            (IsOn, secondsSinceSwitch) = (false, 0.0);
        }
        else if (!IsOn && MayStart(state))
        {
            (IsOn, secondsSinceSwitch) = (true, 0.0);
            Starts++;
            return true;
        }
        return false;
    }

    private bool MustStop(in SourceState state) => state.LockedOut || overLimit
        || (secondsSinceSwitch >= thresholds.MinimumOnS && (!state.Release || state.FlowC > state.SetpointC + thresholds.OffAboveK));

    private bool MayStart(in SourceState state) => state.Release && !state.LockedOut && !overLimit
        && secondsSinceSwitch >= thresholds.MinimumOffS && state.FlowC < state.SetpointC - thresholds.OnBelowK;
}

/// <summary>The settings of a <see cref="RunCycle"/>.</summary>
internal readonly record struct Thresholds(double OnBelowK, double OffAboveK, double MinimumOnS, double MinimumOffS, double LimitC);
