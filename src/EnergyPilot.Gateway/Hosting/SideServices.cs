namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// What becomes of a service of the host that fails. One beside the control (calendars, learning, uplink, …) is told in the log and missing until the next start: a
/// school is heated without it. The control itself must be loud: without it the program ends, to be started anew.
/// </summary>
internal static partial class SideServices
{
    /// <summary>Keeps the host from ending with any of them, as it would, with a zero and without a word.</summary>
    public static IServiceCollection OutliveTheirFaults(this IServiceCollection services) =>
        services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);

    /// <summary>Follows all of them, once they have been started.</summary>
    /// <typeparam name="TControl">The one without which there is no gateway.</typeparam>
    public static void Follow<TControl>(this IHost host)
        where TControl : BackgroundService
    {
        var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SideServices));
        var life = host.Services.GetRequiredService<IHostApplicationLifetime>();
        foreach (var service in host.Services.GetServices<IHostedService>().OfType<BackgroundService>())
            service.ExecuteTask?.ContinueWith(
                failed => Tell(service, failed.Exception?.GetBaseException(), service is TControl, life, log), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private static void Tell(BackgroundService service, Exception? why, bool isControl, IHostApplicationLifetime life, ILogger log)
    {
        if (!isControl)
        {
            LogFailed(log, service.GetType().Name, why);
            return;
        }

        LogControlFailed(log, why);
        Environment.ExitCode = 1;
        life.StopApplication();
    }

    [LoggerMessage(LogLevel.Error, "{Service} failed and is missing until the next start; the control goes on")]
    private static partial void LogFailed(ILogger log, string service, Exception? why);

    [LoggerMessage(LogLevel.Critical, "The control failed; the service ends, to be started anew")]
    private static partial void LogControlFailed(ILogger log, Exception? why);
}
