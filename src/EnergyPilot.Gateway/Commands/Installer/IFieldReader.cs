namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Reads something of the field once or again and again, as a table whose first two columns are the name and the value.</summary>
internal interface IFieldReader : IAsyncDisposable
{
    /// <summary>What is read, for the line above the table.</summary>
    string Title { get; }

    /// <summary>Reads now; throws <see cref="VerbTrouble"/> when nothing answers.</summary>
    Task<Sheet> Read(CancellationToken stop);
}
