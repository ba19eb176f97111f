using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Gateway.Storage;

/// <summary>A use that somebody added to the programme on the page.</summary>
/// <param name="Id">Its number; none is given twice.</param>
/// <param name="Occasion">When and where.</param>
/// <param name="Owner">Who added it.</param>
/// <param name="At">When.</param>
internal sealed record AddedUse(long Id, Occasion Occasion, string Owner, DateTimeOffset At);

/// <summary>All of them, as they are stored.</summary>
internal sealed record AddedUses(long LastId, ImmutableArray<AddedUse> Uses)
{
    public static readonly AddedUses None = new(0, []);
}

/// <summary>
/// Uses that staff added, and what they answered to questions, as settings: every version of them, with who changed it. On the card
/// before anybody is told that they hold, and in memory for the control, which must not depend on the card.
/// </summary>
internal sealed partial class UseBook
{
    private const string UsesKey = "programme/added", AnswersKey = "programme/answers";

    // Months after its last day an added use explains nothing any more; a no holds for four weeks, and then its visits are forgotten.
    private static readonly TimeSpan AnswersKept = UseQuestions.NoHolds + TimeSpan.FromDays(7);
    private const int DaysKept = 60, MostAnswers = 500;

    /// <summary>More than these are not added: each is looked at for every day that is planned.</summary>
    public const int MostUses = 200;

    private readonly SettingBook settings;
    private readonly Lock gate = new();
    private volatile AddedUses added;
    private volatile Given answers;
    private Knowledge plain = Knowledge.None, complete = Knowledge.None;
    private ImmutableArray<Occasion> occasions;

    public UseBook(SettingBook settings, ILogger log)
    {
        this.settings = settings;
        added = Read(UsesKey, StoredJson.Default.AddedUses, log) ?? AddedUses.None;
        answers = new Given(Read(AnswersKey, StoredJson.Default.ImmutableArrayUseAnswer, log));
        occasions = Occasions(added);
    }

    /// <summary>The uses that were added, oldest first.</summary>
    public ImmutableArray<AddedUse> Uses => added.Uses;

    /// <summary>What was answered lately, oldest first.</summary>
    public ImmutableArray<UseAnswer> Answers => answers.Answers;

    /// <summary>The same as the exceptions of a site file are; the same array as long as nothing was changed.</summary>
    public ImmutableArray<Occasion> Exceptions
    {
        get
        {
            lock (gate) return occasions;
        }
    }

    /// <summary>Adds them to what is known; the same object as long as nothing of it has changed.</summary>
    public Knowledge Into(Knowledge known)
    {
        lock (gate)
        {
            if (occasions.IsEmpty) return known;
            if (ReferenceEquals(known, plain) && complete.Added == occasions) return complete;
            (plain, complete) = (known, known with { Added = occasions });
            return complete;
        }
    }

    /// <summary>Keeps a use; false when there are too many.</summary>
    public bool TryAdd(Occasion occasion, string who, DateTimeOffset at)
    {
        lock (gate)
        {
            var today = DateOnly.FromDateTime(at.UtcDateTime);
            var kept = added.Uses.RemoveAll(u => u.Occasion.Last.DayNumber < today.DayNumber - DaysKept);
            if (kept.Length >= MostUses) return false;
            var id = added.LastId + 1;
            Keep(new AddedUses(id, [.. kept, new AddedUse(id, occasion, who, at)]), who);
            return true;
        }
    }

    /// <summary>Takes a use away; false when there is none with this number.</summary>
    public bool Remove(long id, string who)
    {
        lock (gate)
        {
            var left = added.Uses.RemoveAll(u => u.Id == id);
            if (left.Length == added.Uses.Length) return false;
            Keep(added with { Uses = left }, who);
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

    private void Keep(AddedUses next, string who)
    {
        settings.Save(UsesKey, JsonSerializer.Serialize(next, StoredJson.Default.AddedUses), who);
        added = next;
        occasions = Occasions(next);
    }

    private static ImmutableArray<Occasion> Occasions(AddedUses uses) => uses.Uses.IsEmpty ? [] : [.. uses.Uses.Select(u => u.Occasion)];

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

    private sealed record Given
    {
        public Given(ImmutableArray<UseAnswer> answers) => Answers = answers.IsDefault ? [] : answers;

        public ImmutableArray<UseAnswer> Answers { get; }
    }

    [LoggerMessage(LogLevel.Warning, "What staff added to the programme ({Key}) cannot be read; the site file alone holds")]
    private static partial void LogUnreadable(ILogger log, string key, Exception e);
}
