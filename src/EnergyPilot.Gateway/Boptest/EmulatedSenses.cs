using EnergyPilot.Core.Control;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>What the emulator says, as the control's process image.</summary>
internal sealed class EmulatedSenses(CaseMap map)
{
    private readonly string[] temperatures = [.. map.Temperatures];
    private readonly Dictionary<PointId, Reading> readings = [];

    public Snapshot See(EmulatorState state, Knowledge knowledge)
    {
        var at = EmulatedSite.At(map, state.Time);
        foreach (var name in temperatures)
        {
            var value = Kelvins.ToCelsius(state.Of(name));
            readings[EmulatedSite.Read(name)] = double.IsFinite(value) ? Reading.Good(value, at) : Reading.Unreliable(Reliability.CommunicationFailure, at);
        }

        return new Snapshot(at, readings, []) { Knowledge = knowledge };
    }
}
