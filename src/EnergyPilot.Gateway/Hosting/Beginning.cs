namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// Asks the host to begin anew in the same process: it stops as at every stop (outputs go to their safe values), and is built again with the site as it is then.
/// </summary>
internal sealed class Beginning(IHostApplicationLifetime life)
{
    private volatile bool isAsked;

    public bool IsAsked => isAsked;

    public void Ask()
    {
        isAsked = true;
        life.StopApplication();
    }
}
