using System.Text.Json.Nodes;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>Who controls an emulator.</summary>
internal interface IEmulatedControl
{
    string Name { get; }

    /// <summary>How many values had to be clipped to the emulator's bounds.</summary>
    int Clipped { get; }

    /// <summary>Gets ready between the emulator's own week and the first step.</summary>
    Task Begin(EmulatorState state, TimeSpan warmUp, CancellationToken stop);

    /// <summary>What to overwrite in the next step.</summary>
    Task<JsonObject> Next(EmulatorState state, CancellationToken stop);

    /// <summary>What withdraws all that was overwritten.</summary>
    JsonObject LetGo { get; }
}

/// <summary>The emulator's own control: nothing is overwritten.</summary>
internal sealed class OwnControl : IEmulatedControl
{
    public string Name => "baseline";

    public int Clipped => 0;

    public Task Begin(EmulatorState state, TimeSpan warmUp, CancellationToken stop) => Task.CompletedTask;

    public Task<JsonObject> Next(EmulatorState state, CancellationToken stop) => Task.FromResult(new JsonObject());

    public JsonObject LetGo => [];
}
