using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using EnergyPilot.Core.Legal;
using EnergyPilot.Gateway.Running;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// The ledger of legal temperatures by day. A day fills in memory, each cycle a little, and is put on the card every quarter of an hour
/// and when it is over: a power cut costs those minutes, which then count as unknown.
/// </summary>
internal sealed class LedgerBook(StoreFile file)
{
    // While the card takes nothing, a week of finished days is kept.
    private const int MostWaiting = 7;

    private readonly SortedDictionary<DateOnly, LedgerDay> unsaved = [];
    private DateTimeOffset last = DateTimeOffset.MaxValue;

    /// <summary>Takes in one cycle; nothing is written.</summary>
    public void Append(CycleRecord record)
    {
        var at = record.Decision.At;
        lock (file.Gate)
        {
            // After a start, and after a clock that went back, the time before this cycle is unknown.
            if (last < at)
            {
                Add(record, DateOnly.FromDateTime(record.Site.Local(last)), at - last);
                if (DateOnly.FromDateTime(record.Site.Local(at)) is var today && today != DateOnly.FromDateTime(record.Site.Local(last))) Add(record, today, at - last);
            }

            last = at;
        }
    }

    /// <summary>On the card when it returns.</summary>
    public void Save()
    {
        lock (file.Gate)
        {
            if (unsaved.Count == 0) return;
            file.Write(connection =>
            {
                foreach (var day in unsaved.Values)
                    connection.Execute(
                        "INSERT OR REPLACE INTO ledger (day, json) VALUES (@day, @json)",
                        ("@day", Name(day.Day)), ("@json", JsonSerializer.Serialize(day, StoredJson.Default.LedgerDay)));
            });
            while (unsaved.Count > 1) unsaved.Remove(unsaved.Keys.First());
        }
    }

    /// <summary>The days from one to another, both included, in order, as far as they are known.</summary>
    public ImmutableArray<LedgerDay> Days(DateOnly from, DateOnly to)
    {
        lock (file.Gate)
        {
            var days = new SortedDictionary<DateOnly, LedgerDay>(file.Read(c => Select(c, from, to)).ToDictionary(d => d.Day));
            foreach (var (day, filling) in unsaved)
                if (day >= from && day <= to) days[day] = filling;
            return [.. days.Values];
        }
    }

    /// <summary>What is on the card. A row that cannot be read is left out.</summary>
    public static ImmutableArray<LedgerDay> Select(SqliteConnection connection, DateOnly from, DateOnly to) =>
    [
        .. connection.Query(
            "SELECT json FROM ledger WHERE day >= @from AND day <= @to ORDER BY day", row => Read(row.GetString(0)), ("@from", Name(from)), ("@to", Name(to))).OfType<LedgerDay>(),
    ];

    /// <summary>Nothing more of what has not been written.</summary>
    public void Forget()
    {
        unsaved.Clear();
        last = DateTimeOffset.MaxValue;
    }

    internal static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Add(CycleRecord record, DateOnly day, TimeSpan step)
    {
        if (!unsaved.TryGetValue(day, out var filling)) filling = Stored(day) ?? LedgerDay.Empty(day);
        unsaved[day] = Ledger.Add(filling, record.Decision, record.Site, step);
        if (unsaved.Count > MostWaiting) unsaved.Remove(unsaved.Keys.First());
    }

    private LedgerDay? Stored(DateOnly day)
    {
        try
        {
            return file.Read(c => Select(c, day, day)) is [var stored] ? stored : null;
        }
        catch (SqliteException)
        {
            // A card that cannot be read costs the first part of a day, never control.
            return null;
        }
    }

    private static LedgerDay? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoredJson.Default.LedgerDay) is { Zones.IsDefault: false } day && day.Zones.All(z => !z.Excesses.IsDefault) ? day : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
