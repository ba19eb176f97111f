using EnergyPilot.Core.Comfort;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Votes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The real books of the votes, in a database in memory; a setpoint that is applied changes the sample site.</summary>
internal sealed class SampleVotes : IDisposable
{
    private readonly StoreFile file;
    private readonly SampleDesk desk;

    public SampleVotes(SampleDesk desk, TimeProvider clock)
    {
        this.desk = desk;
        file = StoreFile.InMemory(Path.Combine(Path.GetTempPath(), $"energypilot-{Guid.NewGuid():N}.db"), "a test", NullLogger.Instance);
        (Book, Rooms, Audit) = (new VoteBook(file), new VoteRooms(new SettingBook(file, clock), NullLogger.Instance), new AuditLog(file));
    }

    public VoteBook Book { get; }

    public VoteRooms Rooms { get; }

    public AuditLog Audit { get; }

    /// <summary>The version of the site that a change must be based on.</summary>
    public long Version { get; set; } = 3;

    /// <summary>The code of the sample's first classroom, as printed.</summary>
    public const string Code = "7K3MXW9Q";

    public void AddTo(IServiceCollection services) => services.AddSingleton(Book).AddSingleton(Rooms).AddSingleton(Audit).AddSingleton(new SetpointDesk
    {
        Preview = (zone, comfort) => new SetpointPreview(true, Version, [$"  - id: {zone}", "-   setpoints: { comfort: 18 °C }", $"+   setpoints: {{ comfort: {comfort} }}"]),
        Apply = (zone, comfort, basedOn, by, _) =>
        {
            if (basedOn != Version) return SetpointOutcome.Outdated;
            Version++;
            Set(zone, comfort);
            return SetpointOutcome.Done;
        },
    });

    /// <summary>From now on the card takes no vote.</summary>
    public void Break() => file.Write(connection => connection.Execute("CREATE TRIGGER full BEFORE INSERT ON vote BEGIN SELECT RAISE(ABORT, 'disk full'); END"));

    public void GiveCode() => Rooms.Change(s => s with { Codes = s.Codes.SetItem("cp", Code) }, "Marie");

    public void Set(ZoneId zone, Celsius comfort) =>
        desk.Site = desk.Site with { Zones = [.. desk.Site.Zones.Select(z => z.Id == zone ? z with { Setpoints = z.Setpoints with { Comfort = comfort } } : z)] };

    /// <summary>On so many school days before, at nine and at ten: this was felt in a room at its target of 18 °C.</summary>
    public void Fill(ZoneId zone, int days, params Feeling[] feelings)
    {
        Set(zone, new Celsius(18));
        for (var day = 1; day <= days; day++)
            for (var i = 0; i < feelings.Length; i++)
                Book.Add(new ComfortVote(SampleSchool.Monday0612.AddDays(-day).AddHours(3 + i), zone, feelings[i], new Celsius(18.1), new Celsius(18), new Celsius(2), InUse: true));
    }

    public void Dispose() => file.Dispose();
}
