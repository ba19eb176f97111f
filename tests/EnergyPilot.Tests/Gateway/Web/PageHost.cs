using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Gateway.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The real pages on the real Kestrel at a free port, with the sample school behind them and a clock that stands.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly DirectoryInfo keys;

    private PageHost(WebApplication app, DirectoryInfo keys, LiveView live, SampleDesk desk) =>
        (this.app, this.keys, Live, Desk) = (app, keys, live, desk);

    public LiveView Live { get; }

    public SampleDesk Desk { get; }

    public FieldView Field { get; private init; } = new();

    public required SampleVotes Votes { get; init; }

    public StoodClock Clock { get; private init; } = new();

    /// <summary>Accounts, sessions, tokens and audit, in a database of their own in memory.</summary>
    public required SampleAccess Access { get; init; }

    /// <summary>What the pages are served with.</summary>
    public IServiceProvider Services => app.Services;
    public T Service<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public Uri Address => new(app.Urls.First());

    /// <summary>A host that shows this cycle; none shows a gateway that is starting.</summary>
    public static Task<PageHost> Start(CancellationToken stop, params IEnumerable<CycleRecord> cycles) => Start(new Uri("http://127.0.0.1:0"), stop, cycles);

    /// <summary>The same at an address that people know already: a gateway that comes back.</summary>
    public static async Task<PageHost> Start(Uri address, CancellationToken stop, params IEnumerable<CycleRecord> cycles)
    {
        var (live, desk, clock) = (new LiveView(), new SampleDesk(), new StoodClock());
        var keys = Directory.CreateTempSubdirectory("energypilot-keys-");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address.ToString()).ConfigureKestrel(WebPage.Limit);
        builder.Logging.ClearProviders();
        var (field, votes) = (new FieldView(), new SampleVotes(desk, clock));
        votes.AddTo(builder.Services);
        var access = new SampleAccess(keys.FullName, clock);
        builder.Services.AddSingleton(new UplinkView(SampleSchool.Site));
        builder.Services.AddSingleton(access.Books).AddSingleton(desk.Desk).AddSingleton(live).AddSingleton(field).AddSingleton<TimeProvider>(clock).AddSampleSite().AddSingleton(desk.WhatIf).AddServices(keys);
        // A test may bring a site file of its own after the start.
        var sample = builder.Services.Last(d => d.ServiceType == typeof(SiteDesk)).ImplementationFactory.ShouldNotBeNull();
        builder.Services.AddSingleton(desk.Calendar).AddSingleton(new CalendarsAtHand(() => desk.HolidayFiles)).AddKeyedSingleton("sample", (p, _) => (SiteDesk)sample(p)).AddTransient(p => desk.Editor is { } own ? own() : p.GetRequiredKeyedService<SiteDesk>("sample"));
        var app = builder.Build();
        app.Map();
        desk.Served = app.Services.GetRequiredService<SiteDesk>;
        foreach (var cycle in cycles) live.Show(cycle);
        await app.StartAsync(stop);
        return new PageHost(app, keys, live, desk) { Clock = clock, Field = field, Access = access, Votes = votes };
    }

    /// <summary>A browser without eyes: it keeps cookies, sends this language and follows nothing by itself.</summary>
    public HttpClient Visitor(string language)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return client;
    }

    /// <summary>The same in English, signed in as one of the sample's people.</summary>
    public async Task<HttpClient> SignedIn(string who, CancellationToken stop)
    {
        var visitor = Visitor("en");
        await visitor.SignIn(who, stop);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Access.Dispose();
        Votes.Dispose();
        keys.Delete(recursive: true);
    }

    /// <summary>Six twelve on a Monday, until a test says otherwise.</summary>
    internal sealed class StoodClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = SampleSchool.Monday0612;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
