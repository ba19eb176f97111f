using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Role = EnergyPilot.Gateway.Storage.Role;

namespace EnergyPilot.Tests.Gateway.Hosting;

/// <summary>A gateway's site with its versions in a real store, without the gateway around: a start is one call.</summary>
internal sealed class DeskBench : IDisposable
{
    public static readonly Visitor Staff = new("Marie", Role.Staff, "10.0.0.7");
    public static readonly Visitor Installer = new("Ines", Role.Installer, "10.0.0.8");

    private readonly StoreFolder folder = new();
    private Store? store;
    private SiteDesk? desk;

    /// <summary>The site file on disk.</summary>
    public string File { get; set; } = SchoolFiles.Demo.Text;

    /// <summary>The files of holidays that there are.</summary>
    public IReadOnlyDictionary<string, DocumentText> HolidayFiles { get; set; } = SchoolFiles.Calendars;

    public List<(LogLevel Level, string Text)> Log { get; private set; } = [];

    public int Beginnings { get; private set; }

    public Store Store => store ?? throw new InvalidOperationException("Not started");

    public LiveSite Live { get; private set; } = SchoolFiles.DemoSite;

    public SiteDesk Desk => desk ?? throw new InvalidOperationException("Not started");

    public string DatabasePath => folder.File;

    /// <summary>Asks, or changes, the database from outside.</summary>
    public long Number(string sql) => folder.Number(sql);

    /// <summary>Starts as the gateway does; false when nothing made sense.</summary>
    public bool Start(bool isFolderMissing = false)
    {
        store?.Dispose();
        var peeked = SiteBook.Peek(folder.File);
        if (!SiteStart.Choose(SchoolFiles.Sources(File), peeked).TryGet(out var start)) return false;
        // Where a folder should be is a file.
        store = isFolderMissing ? Store.OpenAnyway(folder.File, new StoreOptions(), folder.Time, NullLogger.Instance) : folder.Open();
        var log = new LogLines();
        (Log, Live) = (log.All, new LiveSite(start.Edition));
        desk = new SiteDesk(Live, store.Sites, folder.Time, new Lines<SiteDesk>(log))
        {
            Files = text => SchoolFiles.Sources(text.Text) with { Site = text, Calendars = HolidayFiles }, BeginAnew = () => Beginnings++, FileHash = start.FileHash,
        };
        Desk.Settle(start);
        return true;
    }

    public DocumentText With(string old, string @new) => Desk.Text with { Text = Desk.Text.Text.Replace(old, @new, StringComparison.Ordinal) };

    public void Dispose()
    {
        store?.Dispose();
        folder.Dispose();
    }

    private sealed class Lines<T>(LogLines lines) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Log(logLevel, eventId, state, exception, formatter);
    }
}
