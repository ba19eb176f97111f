using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>
/// Tells the audit of those who were not let in: the first of a kind from an address at once, how many more there were when the hour is over. No more
/// than so many lines an hour, so that whoever knocks all night fills no card; what goes beyond is one line of its own.
/// </summary>
internal sealed class RefusalLog(AuditLog audit, TimeProvider time)
{
    private const int MostLines = 30;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly (string What, string Who, string From) Beyond = ("sign-in refused", "", "");
    private readonly Dictionary<(string What, string Who, string From), int> more = [];
    private readonly Lock gate = new();
    private DateTimeOffset begun;

    /// <param name="who">The account that it was tried with; empty when there is none of that name: people type passwords into the wrong field.</param>
    public void Tell(string what, string who, string from)
    {
        lock (gate)
        {
            Settle();
            var kind = (what, who, from);
            if (more.TryGetValue(kind, out var count)) more[kind] = count + 1;
            else if (more.Count < MostLines)
            {
                more[kind] = 0;
                Write(kind, "");
            }
            else more[Beyond] = more.GetValueOrDefault(Beyond) + 1;
        }
    }

    /// <summary>Writes what was only counted, when its hour is over.</summary>
    public void Settle()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if ((now - begun).Duration() < Hour) return;
            foreach (var (kind, count) in more.Where(m => m.Value > 0)) Write(kind, FormattableString.Invariant($"+ {count}"));
            more.Clear();
            begun = now;
        }
    }

    // A card that takes nothing changes nothing for whoever was refused.
    private void Write((string What, string Who, string From) kind, string count) =>
        audit.TryWrite(new AuditEntry(time.GetUtcNow(), kind.Who, kind.From, kind.What, kind.Who, "", count));
}
