using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Tests.Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnergyPilot.Tests.Gateway.Hosting;

/// <summary>What becomes of the gateway when one of its services fails.</summary>
public sealed class SideServicesTests
{
    [Fact(Timeout = Patience.Hang)]
    public async Task Service_beside_the_control_that_fails_is_told_and_ends_nothing()
    {
        using var host = Started<Beside, Works>();
        var told = await host.Services.GetRequiredService<Told>().First.Task;
        (told.Level, told.Text).ShouldBe((LogLevel.Error, "Beside failed and is missing until the next start; the control goes on"));
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Control_that_fails_ends_the_program_loudly()
    {
        using var host = Started<Works, Beside>();
        try
        {
            await host.WaitForShutdownAsync(TestContext.Current.CancellationToken);
            (await host.Services.GetRequiredService<Told>().First.Task).Level.ShouldBe(LogLevel.Critical);
            Environment.ExitCode.ShouldBe(1);
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    private static IHost Started<TSide, TControl>()
        where TSide : BackgroundService
        where TControl : BackgroundService
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var told = new Told();
        builder.Logging.AddProvider(told).AddFilter("Microsoft", LogLevel.None);
        builder.Services.OutliveTheirFaults().AddSingleton(told).AddHostedService<TSide>().AddHostedService<TControl>();
        var host = builder.Build();
        host.Start();
        host.Follow<TControl>();
        return host;
    }

    private sealed class Beside : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => throw new InvalidOperationException("a defect");
    }

    private sealed class Works : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken);
    }

    private sealed class Told : ILoggerProvider, ILogger
    {
        public TaskCompletionSource<(LogLevel Level, string Text)> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => First.TrySetResult((logLevel, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
