using System.Collections.Immutable;

namespace EnergyPilot.Gateway.Field;

/// <summary>The buses that are open now, for whoever wants to know how they do: the page, the metrics, the verbs of an installer.</summary>
internal sealed class FieldView
{
    private volatile IFieldBus[] buses = [];

    /// <summary>None before the first is open.</summary>
    public ImmutableArray<IFieldBus> Buses => [.. buses];

    public void Show(ImmutableArray<IFieldBus> open) => buses = [.. open];
}
