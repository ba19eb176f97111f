using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnergyPilot.Gateway.Web;

/// <summary>The live parts of a page as one cycle shows them, in one language: made once, sent to all who watch.</summary>
internal sealed class LiveFrame
{
    // Not written into a page but parsed by script: what HTML would need escaped may stay as it is.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What somebody has seen who has just come.</summary>
    public static readonly LiveFrame None = new("", ImmutableDictionary<string, string>.Empty);

    private readonly string at;
    private readonly ImmutableDictionary<string, string> parts;
    private readonly long before;
    private readonly string news = "";
    private readonly long number;
    private static long numbers;

    private LiveFrame(string at, ImmutableDictionary<string, string> parts) => (this.at, this.parts, number) = (at, parts, Interlocked.Increment(ref numbers));

    /// <param name="at">The time of its values on the school's clocks.</param>
    /// <param name="parts">HTML by the id of the element that holds it.</param>
    /// <param name="before">The frame that most of those who watch have seen last.</param>
    public LiveFrame(string at, ImmutableDictionary<string, string> parts, LiveFrame before) : this(at, parts) => (this.before, news) = (before.number, Changes(before));

    /// <summary>The event for somebody who has seen that frame.</summary>
    public string NewsSince(LiveFrame sent) => sent.number == before && news.Length > 0 ? news : Changes(sent);

    private string Changes(LiveFrame sent) => JsonSerializer.Serialize(new { at, parts = parts.Where(p => sent.parts.GetValueOrDefault(p.Key) != p.Value).ToDictionary() }, Json);
}
