using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>A use that somebody added to the programme on the page.</summary>
/// <param name="Id">Its number; none is given twice.</param>
/// <param name="Occasion">When and where.</param>
/// <param name="Owner">Who added it.</param>
/// <param name="At">When.</param>
internal sealed record AddedUse(long Id, Occasion Occasion, string Owner, DateTimeOffset At)
{
    /// <summary>The calendar that it was imported from, by its name; empty when somebody typed it.</summary>
    public string Source { get; init; } = "";

    /// <summary>What it is called there; one entry of a calendar may have become several uses.</summary>
    public string Uid { get; init; } = "";
}

/// <summary>All of them, as they are stored.</summary>
internal sealed record AddedUses(long LastId, ImmutableArray<AddedUse> Uses)
{
    public static readonly AddedUses None = new(0, []);
}

/// <summary>
/// Uses that staff added, and what they answered to questions, as settings with who changed them. On the card before anybody is told that they hold,
/// together with what belongs to the change (its audit line), and in memory for the control, which must not depend on the card.
/// </summary>
internal sealed partial class UseBook
{
    private const string UsesKey = "programme/added", AnswersKey = "programme/answers";

    // Months after its last day an added use explains nothing any more; a no holds for four weeks, and then its visits are forgotten.
    private static readonly TimeSpan AnswersKept = UseQuestions.NoHolds + TimeSpan.FromDays(7);
    private const int DaysKept = 60, MostAnswers = 500;

    /// <summary>More than these are not added: each is looked at for every day that is planned. A zone that is never in use looks 400 days ahead and back, so that the work grows with their number.</summary>
    public const int MostUses = 500;

    private readonly SettingBook settings;

    // For those who write, and held while the card takes its time. The control and the pages read what was published last, without it.
    private readonly Lock gate = new();
    private volatile Standing standing;
    private volatile Given answers;
    private volatile Completed completed = new(Knowledge.None, Knowledge.None);

    public UseBook(SettingBook settings, ILogger log)
    {
        this.settings = settings;
        standing = new Standing(Read(UsesKey, StoredJson.Default.AddedUses, log) ?? AddedUses.None);
        answers = new Given(Read(AnswersKey, StoredJson.Default.ImmutableArrayUseAnswer, log));
    }

    /// <summary>The uses that were added, oldest first.</summary>
    public ImmutableArray<AddedUse> Uses => standing.Added.Uses;

    /// <summary>What was answered lately, oldest first.</summary>
    public ImmutableArray<UseAnswer> Answers => answers.Answers;

    /// <summary>The same as the exceptions of a site file are; the same array as long as nothing was changed.</summary>
    public ImmutableArray<Occasion> Exceptions => standing.Occasions;

    /// <summary>Adds them to what is known; the same object as long as nothing of it has changed.</summary>
    public Knowledge Into(Knowledge known)
    {
        var (occasions, last) = (standing.Occasions, completed);
        if (occasions.IsEmpty) return known;
        if (ReferenceEquals(known, last.Plain) && last.Complete.Added == occasions) return last.Complete;
        var complete = known with { Added = occasions };
        completed = new Completed(known, complete);
        return complete;
    }

    /// <summary>Keeps a use; false when there are too many.</summary>
    public bool TryAdd(Occasion occasion, string who, DateTimeOffset at, Action<SqliteConnection>? with = null)
    {
        lock (gate)
        {
            var today = DateOnly.FromDateTime(at.UtcDateTime);
            var added = standing.Added;
            var kept = added.Uses.RemoveAll(u => u.Occasion.Last.DayNumber < today.DayNumber - DaysKept);
            if (kept.Length >= MostUses) return false;
            var id = added.LastId + 1;
            Keep(new AddedUses(id, [.. kept, new AddedUse(id, occasion, who, at)]), who, with);
            return true;
        }
    }

    /// <summary>Puts another use in the place of one; false when there is none with this number. It keeps its number and is written later than all others, as what was changed last.</summary>
    public bool TryReplace(long id, Occasion occasion, string who, DateTimeOffset at, Action<SqliteConnection>? with = null)
    {
        lock (gate)
        {
            var added = standing.Added;
            var left = added.Uses.RemoveAll(u => u.Id == id);
            if (left.Length == added.Uses.Length) return false;
            Keep(added with { Uses = left.Add(new AddedUse(id, occasion, who, at)) }, who, with);
            return true;
        }
    }

    /// <summary>
    /// All that one calendar says, in place of what it said before; false when that would be too many. What another calendar says of the same entry stays: the same invitation
    /// stands in the calendars of all who were invited, and goes when the last of them leaves it out.
    /// </summary>
    public bool TryImport(string source, IReadOnlyCollection<(string Uid, Occasion Occasion)> uses, string who, DateTimeOffset at, Action<SqliteConnection>? with = null)
    {
        lock (gate)
        {
            var (added, today) = (standing.Added, DateOnly.FromDateTime(at.UtcDateTime));
            var kept = added.Uses.RemoveAll(u => u.Occasion.Last.DayNumber < today.DayNumber - DaysKept || (u.Source.Length > 0 && u.Source == source));
            if (kept.Length + uses.Count > MostUses) return false;
            var id = added.LastId;
            Keep(new AddedUses(id + uses.Count, [.. kept, .. uses.Select(u => new AddedUse(++id, u.Occasion, who, at) { Source = source, Uid = u.Uid })]), who, with);
            return true;
        }
    }

    /// <summary>Takes a use away; false when there is none with this number.</summary>
    public bool Remove(long id, string who, Action<SqliteConnection>? with = null)
    {
        lock (gate)
        {
            var added = standing.Added;
            var left = added.Uses.RemoveAll(u => u.Id == id);
            if (left.Length == added.Uses.Length) return false;
            Keep(added with { Uses = left }, who, with);
            return true;
        }
    }

    public void Answer(UseAnswer answer)
    {
        lock (gate)
        {
            ImmutableArray<UseAnswer> kept = [.. answers.Answers.Where(a => answer.At - a.At <= AnswersKept).TakeLast(MostAnswers - 1), answer];
            settings.Save(AnswersKey, JsonSerializer.Serialize(kept, StoredJson.Default.ImmutableArrayUseAnswer), answer.Who);
            answers = new Given(kept);
        }
    }

    private void Keep(AddedUses next, string who, Action<SqliteConnection>? with)
    {
        settings.Save(UsesKey, JsonSerializer.Serialize(next, StoredJson.Default.AddedUses), who, with);
        standing = new Standing(next);
    }

    // What a newer program wrote must not keep this one from heating.
    private T? Read<T>(string key, JsonTypeInfo<T> type, ILogger log)
    {
        if (!settings.TryFind(key, out var setting)) return default;
        try
        {
            return JsonSerializer.Deserialize(setting.Json, type);
        }
        catch (JsonException e)
        {
            LogUnreadable(log, key, e);
            return default;
        }
    }

    private sealed class Standing(AddedUses added)
    {
        public AddedUses Added => added;

        public ImmutableArray<Occasion> Occasions { get; } = added.Uses.IsEmpty ? [] : [.. added.Uses.Select(u => u.Occasion)];
    }

    private sealed record Completed(Knowledge Plain, Knowledge Complete);

    private sealed record Given
    {
        public Given(ImmutableArray<UseAnswer> answers) => Answers = answers.IsDefault ? [] : answers;

        public ImmutableArray<UseAnswer> Answers { get; }
    }

    [LoggerMessage(LogLevel.Warning, "What staff added to the programme ({Key}) cannot be read; the site file alone holds")]
    private static partial void LogUnreadable(ILogger log, string key, Exception e);
}
