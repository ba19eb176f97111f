using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Io.Sparkplug;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// What the city wishes for a zone: a setpoint or a mode, with an end and a name, below what staff wish by hand. Refused outside the limits that hold for
/// staff, and where the site file says that nobody may wish. Each wish and each refusal is written to the audit.
/// </summary>
internal sealed class Wishes(LiveSite live, Store store, TimeProvider time)
{
    public const string Origin = "uplink";

    private const int LongestName = 60, LongestNote = 200, LongestQuote = 40, MostAnHour = 30;

    private readonly Dictionary<ZoneId, Queue<long>> lately = [];

    /// <summary>Takes what one message asks of one zone; the answer is for the city.</summary>
    public string Take(Zone zone, IReadOnlyList<SparkplugCommand> asked)
    {
        var now = time.GetUtcNow();
        // Each costs the card a few pages, and a refusal as many.
        if (!IsTurn(zone.Id)) return string.Create(CultureInfo.InvariantCulture, $"refused: more than {MostAnHour} wishes for this zone in an hour");
        var by = Text(asked, UplinkNames.By, LongestName);
        try
        {
            var refused = Read(zone, asked, now, by, out var wish);
            var answer = refused.Length > 0 ? $"refused: {refused}" : wish is null ? End(zone, by, now) : Keep(wish, now);
            if (refused.Length > 0) Audit(now, by, "city wish refused", zone, string.Join(", ", asked.Select(c => $"{c.Name} = {c.Value}")), refused);
            return answer;
        }
        catch (SqliteException)
        {
            return "refused: the gateway cannot write at the moment";
        }
    }

    // By the monotonic clock: one that is set back must not shut the city out for a day.
    private bool IsTurn(ZoneId zone)
    {
        if (!lately.TryGetValue(zone, out var times)) lately[zone] = times = [];
        while (times.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > TimeSpan.FromHours(1)) times.Dequeue();
        if (times.Count >= MostAnHour) return false;
        times.Enqueue(time.GetTimestamp());
        return true;
    }

    private string Read(Zone zone, IReadOnlyList<SparkplugCommand> asked, DateTimeOffset now, string by, out Override? wish)
    {
        wish = null;
        if (live.Site.Uplink.Wishes == UplinkWishes.None) return "remote wishes are switched off in the site file (uplink.wishes)";
        if (by.Length == 0) return $"nobody is named as who wishes ({UplinkNames.By})";
        var what = asked.Where(c => c.Name is UplinkNames.Mode || c.Name == PointKind.Setpoint.Metric).ToList();
        if (what.Count != 1) return $"one of setpoint and mode is needed, {what.Count} came";
        if (what[0].IsNull) return "";
        if (!TrySetpoint(zone, what[0], out var setpoint))
            return string.Create(CultureInfo.InvariantCulture, $"{what[0].Name} {Plain(what[0].Value.ToString(), LongestQuote)} is not from {live.Site.Control.LowestSetpoint.Degrees:0.#} to {live.Site.Control.HighestSetpoint.Degrees:0.#} °C, nor comfort, reduced, absence or frost");
        if (asked.LastOrDefault(c => c.Name == UplinkNames.Until) is not { } end || !end.Value.TryTime(out var until)) return $"it has no end ({UplinkNames.Until})";
        if (until <= now) return string.Create(CultureInfo.InvariantCulture, $"its end {until:u} is past; here it is {now:u}");
        if (until > now + live.Site.Control.LongestOverride) return string.Create(CultureInfo.InvariantCulture, $"its end {until:u} is more than {live.Site.Control.LongestOverride.TotalHours:0.#} h away");
        wish = new Override(0, zone.Id, setpoint, by, now, until, Text(asked, UplinkNames.Note, LongestNote)) { Priority = Priority.City };
        return "";
    }

    private bool TrySetpoint(Zone zone, SparkplugCommand what, out Celsius setpoint)
    {
        setpoint = default;
        if (what.Name == UplinkNames.Mode)
        {
            if (!what.Value.TryText(out var word) || !Enum.TryParse<Mode>(word, ignoreCase: true, out var mode) || !Enum.IsDefined(mode)) return false;
            setpoint = zone.Setpoints.Of(mode);
            return true;
        }

        if (!what.Value.TryNumber(out var degrees)) return false;
        setpoint = new Celsius(degrees);
        return degrees >= live.Site.Control.LowestSetpoint.Degrees && degrees <= live.Site.Control.HighestSetpoint.Degrees;
    }

    private string Keep(Override wish, DateTimeOffset now)
    {
        var told = string.Create(CultureInfo.InvariantCulture, $"{wish.Setpoint.Degrees:0.##} °C until {wish.Until:u}");
        store.Overrides.Replace(wish, new AuditEntry(now, wish.Owner, Origin, "city wish", wish.Zone.Name, "", $"{told} {wish.Note}".TrimEnd()));
        return $"taken: {told}";
    }

    private string End(Zone zone, string by, DateTimeOffset now)
    {
        var ended = Standing(zone.Id, now).ToList();
        foreach (var wish in ended)
            if (store.Overrides.Cancel(wish.Id, by, now)) Audit(now, by, "city wish ended", zone, $"{wish.Setpoint} until {wish.Until:u}", "");
        return ended.Count > 0 ? "ended" : "there was none to end";
    }

    private IEnumerable<Override> Standing(ZoneId zone, DateTimeOffset now) => store.Overrides.Active(now).Where(o => o.Zone == zone && o.Priority == Priority.City);

    private void Audit(DateTimeOffset at, string who, string what, Zone zone, string before, string after) => store.Audit.Write(new AuditEntry(
        at, who.Length > 0 ? who : "city", Origin, what, zone.Id.Name, Plain(before, LongestNote), Plain(after, LongestNote)));

    private static string Text(IReadOnlyList<SparkplugCommand> asked, string name, int longest) =>
        asked.LastOrDefault(c => c.Name == name) is { } said && said.Value.TryText(out var found) ? Plain(found, longest).Trim() : "";

    // What a stranger writes must neither fill the audit nor break its lines.
    private static string Plain(string text, int longest)
    {
        var plain = new string([.. text.Take(2 * longest).Where(c => !char.IsControl(c))]);
        return plain.Length <= longest ? plain : plain[..longest];
    }
}
