using EnergyPilot.Core.Learning;

namespace EnergyPilot.Core.WhatIf;

/// <summary>
/// A room on its way through the season: it floats freely, is held at its target where it would sink below it, is heated fully from the optimal start until it
/// is warm, and left to itself from the optimal stop on; radiators keep giving what is in them. Allocates nothing.
/// </summary>
internal sealed class RoomCourse
{
    // As the control has them: the last stretch before the target is the loop's; stops lie within two hours of the end.
    private const double Arrival = 0.25, LongestStopHours = 2;
    private const double FeltBelow = 1, LateBelow = 1.5;

    private readonly Room room;
    private readonly double fillHalf, fillWhole, emptyHalf, emptyWhole;
    private ZoneState state;
    private double excess, free, residual, held, full, fullExcess;
    private int span, warmingFor = -1, nextLook;

    public RoomCourse(Room room)
    {
        this.room = room;
        var (lag, emptying) = (room.Emitter.Lag.TotalHours, room.Emitter.Emptying.TotalHours);
        (fillHalf, fillWhole) = (1 - Math.Exp(-Room.StepHours / 2 / lag), 1 - Math.Exp(-Room.StepHours / lag));
        (emptyHalf, emptyWhole) = (Math.Exp(-Room.StepHours / 2 / emptying), Math.Exp(-Room.StepHours / emptying));
        // A week of settling follows; walls lie between the air and the weather.
        var air = room.Spans[0].IsComfort ? room.Spans[0].Comfort : Math.Max(room.Spans[0].Rest, room.Spans[0].Comfort - 2);
        state = new ZoneState(air, air, air - 1);
    }

    public ZoneState State => state;

    public RoomTotals Totals { get; } = new();

    /// <summary>What a step would need [kW].</summary>
    /// <param name="step">Which.</param>
    /// <param name="outdoor">Outdoor air [°C].</param>
    /// <param name="gains">Sun, and what comes through inner walls [K/h].</param>
    /// <param name="resting">Whether the heating rests for the summer.</param>
    public double Wish(int step, double outdoor, double gains, bool resting)
    {
        while (step >= room.Spans[span].Until && span < room.Spans.Length - 1) (span, nextLook) = (span + 1, 0);
        ref readonly var now = ref room.Spans[span];
        var isClimbing = !now.IsComfort && IsDue(now, step, outdoor);
        var target = now.IsComfort ? Stops(now, step, outdoor) ? Math.Min(now.Rest, now.Comfort) : now.Comfort : isClimbing ? now.Comfort : now.Rest;
        free = gains + (now.Use is SpanUse.InUse or SpanUse.FirstOfDay ? room.People : 0);
        residual = excess > 0.1 ? room.Model.Heating * RadiatorEstimate.Emission(excess * emptyHalf) : 0;
        var missing = resting ? 0 : (target - room.Quarter.Apply(state, outdoor, free).Air) / room.Quarter.FromHeat.Air;
        var isFull = isClimbing && !resting && state.Air < target - Arrival;
        if (missing <= residual && !isFull)
        {
            (held, full) = (residual, double.PositiveInfinity);
            return held / room.Model.Heating * room.NominalKw;
        }

        var settled = Math.Max(room.Emitter.Share * (room.Supply(outdoor, target) - state.Air) - room.Emitter.Drop, 0);
        fullExcess = excess + (settled - excess) * fillWhole;
        full = Math.Max(room.Model.Heating * RadiatorEstimate.Emission(excess + (settled - excess) * fillHalf), residual);
        held = isFull ? full : Math.Clamp(missing, residual, full);
        return held / room.Model.Heating * room.NominalKw;
    }

    /// <summary>Takes the step with the share of fresh heat that the source can give.</summary>
    /// <param name="share">1 while it can give all.</param>
    /// <param name="counts">Whether the step belongs to the season.</param>
    public double Take(int step, double outdoor, double share, bool counts)
    {
        if (counts) Judge(step);
        var heat = residual + share * (held - residual);
        state = room.Quarter.Apply(state, outdoor, free + heat);
        excess = heat <= residual ? excess * emptyWhole
            : heat >= full ? fullExcess
            : RadiatorEstimate.Excess(heat / room.Model.Heating);
        return heat / room.Model.Heating * room.NominalKw * Room.StepHours;
    }

    private void Judge(int step)
    {
        ref readonly var now = ref room.Spans[span];
        if (now.Use is not (SpanUse.InUse or SpanUse.FirstOfDay)) return;
        var below = now.Judged - FeltBelow - state.Operative;
        var begins = span > 0 && step == room.Spans[span - 1].Until && now.Use == SpanUse.FirstOfDay;
        Totals.Used(Room.StepHours, below);
        if (begins && below > LateBelow - FeltBelow) Totals.WasLate();
    }

    // Once begun it goes on. Looked at again when half of the time to spare is over: no room's lead grows faster than time passes.
    private bool IsDue(in Span now, int step, double outdoor)
    {
        if (step < now.Earliest) return false;
        if (warmingFor == now.NextUse) return true;
        if (step < nextLook) return false;
        var left = (now.NextUse - step) * Room.StepHours;
        var lead = left > OptimalStart.Cap.TotalHours ? OptimalStart.Cap.TotalHours : room.Lead(state, outdoor, now.Comfort);
        if (left <= OptimalStart.Cap.TotalHours && lead >= left)
        {
            warmingFor = now.NextUse;
            return true;
        }

        nextLook = step + (int)Math.Clamp((left - lead) / 2 / Room.StepHours, 1, 1e6);
        return false;
    }

    private bool Stops(in Span now, int step, double outdoor)
    {
        var left = (now.Until - step) * Room.StepHours;
        var isLast = span == room.Spans.Length - 1 || !room.Spans[span + 1].IsComfort;
        return left <= LongestStopHours && isLast && now.Use != SpanUse.Break && room.MayStop(state, excess, outdoor, now.Comfort, left);
    }
}

/// <summary>What a room needed and how it felt.</summary>
internal sealed class RoomTotals
{
    public double HeatKwh { get; set; }

    /// <summary>Energy of the source, as it would be if plant and models were as assumed.</summary>
    public double EnergyKwh { get; set; }

    /// <summary>The same within the time that a meter saw.</summary>
    public double PastKwh { get; set; }

    /// <summary>Hours in use more than a kelvin below the comfort setpoint of today.</summary>
    public double ColdHours { get; private set; }

    public double ColdKelvinHours { get; private set; }

    public int LateMornings { get; private set; }

    /// <param name="below">How far below what people begin to feel [K]; negative while above it.</param>
    public void Used(double hours, double below)
    {
        if (below > 0) (ColdHours, ColdKelvinHours) = (ColdHours + hours, ColdKelvinHours + below * hours);
    }

    public void WasLate() => LateMornings++;
}
