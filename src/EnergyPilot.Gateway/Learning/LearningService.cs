using EnergyPilot.Gateway.Hosting;

namespace EnergyPilot.Gateway.Learning;

/// <summary>Holds the lessons of a real school beside its control: on a thread of its own that gives way to everything else.</summary>
internal sealed class LearningService(GatewayOptions options, Lessons lessons) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A virtual school learns in its own time, between two cycles.
        if (options.School == SchoolKind.Virtual) return;
        await foreach (var at in lessons.Due.ReadAllAsync(stoppingToken))
            await Task.Factory.StartNew(() => Hold(at, stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Hold(DateTimeOffset at, CancellationToken stop)
    {
        ThreadPriorities.GiveWay();
        lessons.Hold(at, stop);
    }
}
