using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Supervision;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Access;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Console;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Puts the gateway together: store, control, page.</summary>
internal static partial class GatewayHost
{
    /// <summary>Until stopped. A change of the site that buses or services have to be opened for begins all of it anew, in this process.</summary>
    public static async Task Run(GatewayOptions options, SiteStart start, CancellationToken stop)
    {
        while (await RunOrGoBack(options, start, stop) is var (again, failed))
            if (SiteStart.Find(options = again, failed).TryGet(out var next)) start = next;
    }

    // A change on the page with which the gateway cannot even start must not end it, to be started anew with the same for ever.
    private static async Task<(GatewayOptions Options, long Failed)?> RunOrGoBack(GatewayOptions options, SiteStart start, CancellationToken stop)
    {
        SiteDesk? desk = null;
        try
        {
            return await RunOnce(options, start, made => desk = made, stop);
        }
        catch (Exception e) when ((desk?.IsOnTrial(start.Edition.Version) ?? start.IsOnTrial) && !stop.IsCancellationRequested && !IsAddressTaken(e))
        {
            await Console.Error.WriteLineAsync($"Version {start.Edition.Version} of the site does not start: {e}");
            return (options, start.Edition.Version);
        }
    }

    private static bool IsAddressTaken(Exception e) => e is IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } or System.Net.Sockets.SocketException;

    // With which options to begin anew, and the version that failed (0 for none); nothing at the end.
    private static async Task<(GatewayOptions Options, long Failed)?> RunOnce(GatewayOptions options, SiteStart start, Action<SiteDesk> settled, CancellationToken stop)
    {
        var hasFolder = HasFolder(options);
        var live = new LiveSite(start.Edition with { Site = Adapted(options, start.Edition.Site) });
        await using var app = Build(options, live, start, hasFolder);
        var store = app.Services.GetRequiredService<Store>();
        if (options.School == SchoolKind.Virtual)
        {
            store.ForgetSamples();
            app.Services.GetRequiredService<Recorder>().Forget();
        }

        var desk = app.Services.GetRequiredService<SiteDesk>();
        desk.Settle(start);
        settled(desk);
        await Begin(app, desk, stop);
        app.Services.GetRequiredService<TlsView>().Port = Https.Port(app.Urls);
        Greet(app, store, options, live.Site);
        var notice = app.Services.GetRequiredService<ServiceNotice>();
        notice.Ready();
        var beginning = app.Services.GetRequiredService<Beginning>();
        using var ending = app.Lifetime.ApplicationStopping.Register(() => Tell(notice, beginning));
        var (url, time) = (string.Join(';', app.Urls), app.Services.GetRequiredService<TimeProvider>());
        await app.WaitForShutdownAsync(stop);
        if (stop.IsCancellationRequested) desk.Postpone();
        if (!beginning.IsAsked || stop.IsCancellationRequested) return null;
        // Where a port was free, people look there again; a virtual school lives on at its own time.
        var again = options with { Url = url };
        return (time is SteppedClock clock ? again with { Start = live.Site.Local(clock.GetUtcNow()) } : again, desk.GivenUp);
    }

    private static async Task Begin(WebApplication app, SiteDesk desk, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
            app.Follow<GatewayWorker>();
        }
        catch (Exception e) when (stop.IsCancellationRequested || IsAddressTaken(e))
        {
            desk.Postpone();
            throw;
        }
    }

    // Who watches the service must not take a new beginning for its end.
    private static void Tell(ServiceNotice notice, Beginning beginning)
    {
        if (beginning.IsAsked) notice.Alive();
        else notice.Stopping();
    }

    private static Site Adapted(GatewayOptions options, Site site) => options.School == SchoolKind.Virtual ? site with { Uplink = Uplink(options, site) } : site;

    private static WebApplication Build(GatewayOptions options, LiveSite live, SiteStart start, bool hasFolder)
    {
        var site = live.Site;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Url.Split(';')).ConfigureKestrel(WebPage.Limit);
        if (options.IsHttps) Https.Add(builder, options, hasFolder ? PrivateFolder(Path.Combine(options.DataFolder, "tls")).FullName : "");
        AddLog(builder.Logging);
        var time = Clock(options, site);
        builder.Services.AddSingleton(options).AddSingleton(live).AddSingleton<Beginning>().AddSingleton(time).AddSingleton<LiveView>().AddSingleton<FieldView>().AddSingleton<Lessons>().AddSingleton(_ => ServiceNotice.FromEnvironment());
        AddStore(builder.Services, options, live, start, time);
        builder.Services.AddSingleton(p => new Recorder(
            options.DataFolder, start.Edition.Sources ?? ConfigFolder.Sources(options.SiteFile), RecorderOptions(options), p.GetRequiredService<ILogger<Recorder>>()));
        builder.Services.AddSingleton(p => p.GetRequiredService<Store>().Access);
        builder.Services.AddSingleton(p =>
        {
            var plans = PlanFiles.Read(site, options.SiteFile, p.GetRequiredService<ILogger<PageDesk>>());
            return PageBinding.Desk(live, p.GetRequiredService<Store>(), time) with { Plans = () => plans };
        });
        builder.Services.OutliveTheirFaults().AddVotes();
        builder.Services.AddSingleton(p => CalendarBinding.Desk(live, p.GetRequiredService<Store>(), time)).AddHostedService<CalendarWatch>();
        builder.Services.AddHostedService<GatewayWorker>().AddHostedService<SupervisorService>().AddHostedService<Housekeeping>().AddHostedService<StoreCheck>()
            .AddSingleton<Plans>().AddHostedService(p => p.GetRequiredService<Plans>()).AddHostedService<LearningService>().AddHostedService<OutlookService>()
            .AddSingleton<UplinkView>().AddHostedService<UplinkService>();
        builder.Services.AddWhatIf();
        // Without a folder every start signs everybody out; the system's own holds the keys meanwhile.
        builder.Services.AddServices(hasFolder ? PrivateFolder(Path.Combine(options.DataFolder, "keys")) : Directory.CreateTempSubdirectory("energypilot-keys-"));
        var app = builder.Build();
        WebPage.Map(app);
        return app;
    }

    private static void AddLog(ILoggingBuilder logging) => logging.ClearProviders()
        .AddConsole(console => console.FormatterName = PlainConsole.Name).AddConsoleFormatter<PlainConsole, ConsoleFormatterOptions>()
        .AddFilter("Microsoft", LogLevel.Warning)
        // What keeps the page from starting is said by the verb, in a sentence, and what becomes of a service by whoever follows it.
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
        // It warns that a form must not be cached, which the page's own header says already.
        .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
        // It warns that the keys of cookies are not encrypted: they lie in the data folder, which nobody else may read.
        .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

    // The store, and what changes the site and the outputs through it.
    private static void AddStore(IServiceCollection services, GatewayOptions options, LiveSite live, SiteStart start, TimeProvider time)
    {
        services.AddSingleton(p => options.School == SchoolKind.Real
            ? Store.OpenAnyway(options.DataFolder, StoreOptions(options, live.Site), time, p.GetRequiredService<ILogger<Store>>())
            : Store.Open(options.DataFolder, StoreOptions(options, live.Site), time, p.GetRequiredService<ILogger<Store>>()));
        services.AddSingleton(p => new SiteDesk(live, p.GetRequiredService<Store>().Sites, time, p.GetRequiredService<ILogger<SiteDesk>>())
        {
            Files = text => ConfigFolder.Sources(options.SiteFile, text),
            Adapt = read => Adapted(options, read),
            BeginAnew = p.GetRequiredService<Beginning>().Ask,
            FileHash = start.FileHash,
        });
        services.AddSingleton(p => new OutputDesk(live, p.GetRequiredService<LiveView>(), p.GetRequiredService<Store>().Overrides, time))
            .AddSingleton<Probe>().AddSingleton(new DeviceModels(() => ConfigFolder.DeviceFiles(options.SiteFile)))
            .AddSingleton(new CalendarsAtHand(() => ConfigFolder.CalendarFiles(options.SiteFile)));
    }

    // What a virtual school measures must never reach a city by mistake: only where it is told to, whatever its site file says.
    private static Core.Sites.Uplink Uplink(GatewayOptions options, Site site) => options.Uplink is not { } broker ? Core.Sites.Uplink.None
        : site.Uplink.IsOffered ? site.Uplink with { Broker = broker }
        : new Core.Sites.Uplink(broker, "demo", site.Id) { BirthSpread = TimeSpan.FromSeconds(1) };

    // A real school is heated also without a folder; at a desk a person can name another.
    private static bool HasFolder(GatewayOptions options)
    {
        try
        {
            PrivateFolder(Path.Combine(PrivateFolder(options.DataFolder).FullName, "keys"));
            return true;
        }
        catch (Exception e) when (options.School == SchoolKind.Real && e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static DirectoryInfo PrivateFolder(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    // The demo's clock first stands in the past that it lives through before the page is shown.
    private static TimeProvider Clock(GatewayOptions options, Site site) => options.School == SchoolKind.Real
        ? new SteadyClock(TimeProvider.System, MachineClock.IsSynchronised, MachineClock.Boot(), StoreFile.LastTime(Path.Combine(options.DataFolder, Store.FileName)))
        : new SteppedClock((options.Start is { } start ? site.Instant(start) : TimeProvider.System.GetUtcNow()) - DemoSchool.Past);

    // The past of a virtual school is written in few large batches, and no more often by the real clock than on a real gateway later, however fast it runs.
    private static StoreOptions StoreOptions(GatewayOptions options, Site site)
    {
        var kept = Storage.StoreOptions.Of(site.History) with { PhoneClock = options.School == SchoolKind.Virtual ? TimeProvider.System : null };
        return options.School == SchoolKind.Real ? kept : kept with { CommitEvery = TimeSpan.FromSeconds(Math.Max(1800, 30 * options.Speed)) };
    }

    private static RecorderOptions RecorderOptions(GatewayOptions options) => options.School == SchoolKind.Real
        ? new RecorderOptions()
        : new RecorderOptions { WriteEvery = TimeSpan.FromSeconds(Math.Max(1800, 300 * options.Speed)) };

    private static void Greet(WebApplication app, Store store, GatewayOptions options, Site site)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("EnergyPilot");
        LogStarted(log, site.Name, Https.Reachable(app.Urls.First()), Path.GetFullPath(options.DataFolder));
        foreach (var damaged in store.SetAside) LogDamaged(log, damaged.Path);
        ShowSetupCode(store, $"{Https.Reachable(app.Urls.First())}/setup", log);
    }

    // A card that is full keeps nobody from heating.
    private static void ShowSetupCode(Store store, string url, ILogger log)
    {
        try
        {
            if (store.Accounts.IsEmpty) LogSetupCode(log, url, store.Accounts.RenewSetupCode());
        }
        catch (SqliteException e)
        {
            LogNoSetupCode(log, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{School}: page on {Url}, data in {Folder}")]
    private static partial void LogStarted(ILogger log, string school, string url, string folder);

    [LoggerMessage(LogLevel.Warning, "A damaged data file was set aside as {Path}; take it away when nobody needs it any more")]
    private static partial void LogDamaged(ILogger log, string path);

    [LoggerMessage(LogLevel.Information, "There is no account yet. Make the first one on {Url} with the one-time code {Code}")]
    private static partial void LogSetupCode(ILogger log, string url, string code);

    [LoggerMessage(LogLevel.Error, "There is no account yet, and the card does not take a one-time code for the first one ({Why}); the next start makes one")]
    private static partial void LogNoSetupCode(ILogger log, string why);
}
