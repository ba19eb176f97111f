namespace EnergyPilot.Core.Learning;

/// <summary>What a model would have said of past quarters without looking at the sensor, from each anchor on.</summary>
internal static class OpenLoop
{
    /// <summary>Prediction less sensor [K] for each row that counts, 0 for the others. Allocates nothing.</summary>
    public static void Errors(ReadOnlySpan<LearningRow> rows, ZoneModel model, Span<double> errors)
    {
        var transition = ZoneTransition.Of(model, Observer.Hours);
        ZoneState observed = default, free = default;
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            var heat = model.Heat(row.Drive);
            observed = Observed(row, observed, transition, heat);
            errors[i] = 0;
            if (row.Counts)
            {
                free = transition.Apply(free, row.Drive.Outdoor, heat);
                errors[i] = free.Air - row.Room;
            }

            if (row.Anchors) free = observed;
        }
    }

    private static ZoneState Observed(in LearningRow row, ZoneState before, in ZoneTransition transition, double heat)
    {
        switch (row.Follow)
        {
            case Follow.Correct:
                var predicted = transition.Apply(before, row.Drive.Outdoor, heat);
                return Observer.Corrected(predicted, Observer.Error(row.Room, predicted), ObserverGains.Identification);
            case Follow.Mask: return transition.Apply(before, row.Drive.Outdoor, heat) with { Air = row.Room };
            case Follow.Predict: return transition.Apply(before, row.Drive.Outdoor, heat);
            case Follow.Take: return before with { Air = row.Room };
            case Follow.Restart: return row.Room is >= -40 and <= 80 ? new ZoneState(row.Room, row.Room, row.Room) : before;
            default: return before;
        }
    }
}
