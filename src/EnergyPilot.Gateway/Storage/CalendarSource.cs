using System.Collections.Immutable;
using System.Text.Json;
using EnergyPilot.Core.Sites;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>A calendar that uses are imported from.</summary>
/// <param name="Name">What it is called here: the name of its file.</param>
/// <param name="Path">Where it lies and is read again; empty when it was uploaded once.</param>
internal sealed record CalendarSource(string Name, string Path)
{
    /// <summary>What becomes of entries without hours.</summary>
    public WholeDays WholeDays { get; init; } = WholeDays.LeftOut;

    /// <summary>Where what names no zone takes place; none for nowhere: it is left out.</summary>
    public ImmutableArray<ZoneId> Elsewhere { get; init; } = [];

    /// <summary>Who asked for it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>When it was last read.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>How many uses came of it.</summary>
    public int Added { get; init; }

    /// <summary>How many of its entries were left out.</summary>
    public int LeftOut { get; init; }
}

/// <summary>What an entry without hours is: nothing for the heating, or days on which nobody comes.</summary>
internal enum WholeDays { LeftOut, Closed }

/// <summary>The calendars, as a setting with who changed it.</summary>
internal sealed class CalendarBook(SettingBook settings)
{
    private const string Key = "calendar/sources";

    /// <summary>A school has a handful; each of those with a path is looked at again and again.</summary>
    public const int Most = 20;

    /// <summary>By name. What a newer program wrote and this one cannot read counts as none; the uses themselves stay.</summary>
    public ImmutableArray<CalendarSource> All() => settings.TryFind(Key, out var setting) ? Read(setting) : [];

    /// <summary>Keeps a calendar in place of the one with its name, within the transaction that its uses are kept in.</summary>
    public static void Keep(SqliteConnection connection, CalendarSource source, string who, DateTimeOffset at) =>
        Write(connection, [.. Others(connection, source.Name).Append(source).OrderBy(s => s.Name, StringComparer.Ordinal)], who, at);

    public static void Forget(SqliteConnection connection, string name, string who, DateTimeOffset at) => Write(connection, [.. Others(connection, name)], who, at);

    private static IEnumerable<CalendarSource> Others(SqliteConnection connection, string name) =>
        SettingBook.Newest(connection, Key) is { } setting ? Read(setting).Where(s => s.Name != name) : [];

    private static void Write(SqliteConnection connection, ImmutableArray<CalendarSource> sources, string who, DateTimeOffset at) =>
        SettingBook.Write(connection, Key, JsonSerializer.Serialize(sources, StoredJson.Default.ImmutableArrayCalendarSource), who, at);

    private static ImmutableArray<CalendarSource> Read(Setting setting)
    {
        try
        {
            var read = JsonSerializer.Deserialize(setting.Json, StoredJson.Default.ImmutableArrayCalendarSource);
            return read.IsDefault ? [] : read;
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
