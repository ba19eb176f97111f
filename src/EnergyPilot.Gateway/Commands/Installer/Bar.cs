using Spectre.Console;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>A progress bar for a person; a file gets none.</summary>
internal static class Bar
{
    /// <summary>Runs the work, which reports its share done, 0 to 1, and what it does.</summary>
    public static Task During(string title, Func<Action<double, string>, Task> work) => !Sheet.OnTerminal
        ? work((_, _) => { })
        : AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                await work((share, what) =>
                {
                    task.Value = share;
                    if (what.Length > 0) task.Description = Markup.Escape(what);
                });
            });
}
