using System.Text.Json;

namespace EnergyPilot.Gateway.Texts;

/// <summary>
/// What the reader of site and device files says, in one language: the section "loader" of the language's file, where each English pattern names its own. They are read when
/// a mistake is to be shown, and given back when memory is wanted: a school has mistakes in its file on few days of the year.
/// </summary>
internal sealed class LoaderTexts(string code)
{
    /// <summary>The section of a language's file that it reads; English has none, for its sentences stand in the code.</summary>
    public const string Section = "loader";

    private readonly WeakReference<Dictionary<string, string>?> kept = new(null);

    /// <summary>The pattern of this language; null when it has none.</summary>
    public string? Find(string english) => All.GetValueOrDefault(english);

    /// <summary>Every pattern of this language by the English one.</summary>
    public IReadOnlyDictionary<string, string> All
    {
        get
        {
            if (kept.TryGetTarget(out var texts)) return texts;
            using var file = Language.Open(code);
            using var json = JsonDocument.Parse(file);
            texts = json.RootElement.TryGetProperty(Section, out var section) && section.Deserialize<Dictionary<string, string>>() is { } all ? all : [];
            kept.SetTarget(texts);
            return texts;
        }
    }
}
