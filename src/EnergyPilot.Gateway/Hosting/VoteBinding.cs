using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Votes;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Gives the votes their books.</summary>
internal static class VoteBinding
{
    public static IServiceCollection AddVotes(this IServiceCollection services) => services
        .AddSingleton(p => p.GetRequiredService<Store>().Votes)
        .AddSingleton(p => p.GetRequiredService<Store>().Rooms)
        .AddSingleton(p => p.GetRequiredService<Store>().Audit)
        .AddSingleton(_ => Setpoints());

    // A site file that nobody can change from here yet: the page says where to do it.
    private static SetpointDesk Setpoints() => new()
    {
        Preview = (_, _) => new SetpointPreview(false, 0, []),
        Apply = (_, _, _, _, _) => SetpointOutcome.NotPossible,
    };
}
