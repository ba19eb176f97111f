using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EnergyPilot.Gateway.Recording;

namespace EnergyPilot.Gateway.Replaying;

/// <summary>First line of a replay for programs.</summary>
/// <param name="Replay">Format of the lines.</param>
/// <param name="Program">Who replayed.</param>
/// <param name="Day">The file's name.</param>
internal sealed record ReplayHead(int Replay, string Program, string Day);

/// <summary>A line of a replay for programs: one change of one subject.</summary>
internal sealed record ReplayLine(DateTimeOffset At, string Subject, Aspect Aspect, double Value, string Code, string Sentence);

/// <summary>Its last line.</summary>
internal sealed record ReplayTail(int Cycles, int Identical, DateTimeOffset? FirstOther);

/// <summary>A replay as lines of JSON, so that two versions of the program can be compared.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReplayHead))]
[JsonSerializable(typeof(ReplayLine))]
[JsonSerializable(typeof(ReplayTail))]
internal sealed partial class ReplayLines : JsonSerializerContext
{
    public const int Format = 1;

    // For terminals and programs, not for web pages: "16 °C" stays readable.
    private static readonly ReplayLines Plain = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter<Aspect>() },
    });

    public static void Write(TextWriter output, string day, Course course, Fidelity fidelity)
    {
        output.WriteLine(JsonSerializer.Serialize(new ReplayHead(Format, SectionHeader.ThisProgram, day), Plain.ReplayHead));
        foreach (var (subject, step) in course.Subjects.SelectMany(s => course.Of(s.Name).Select(step => (s, step))).OrderBy(x => x.step.At))
            output.WriteLine(JsonSerializer.Serialize(
                new ReplayLine(step.At, subject.Name, subject.Aspect, step.Value, step.Code, step.Sentence), Plain.ReplayLine));
        output.WriteLine(JsonSerializer.Serialize(new ReplayTail(fidelity.Cycles, fidelity.Identical, fidelity.FirstOther), Plain.ReplayTail));
    }

    /// <summary>Reads such lines; false, with what is wrong, when they are none or end too early.</summary>
    public static bool TryRead(IEnumerable<string> lines, out Course course, out Fidelity fidelity, out string trouble)
    {
        (course, fidelity, trouble) = (new Course(), default, "its lines end too early");
        var isFirst = true;
        try
        {
            foreach (var line in lines)
            {
                if (isFirst && JsonSerializer.Deserialize(line, Default.ReplayHead) is { Replay: not Format } other)
                {
                    trouble = $"its lines have format {other.Replay}, this program reads {Format}";
                    return false;
                }

                if (!isFirst && line.StartsWith("{\"cycles\":", StringComparison.Ordinal))
                {
                    if (JsonSerializer.Deserialize(line, Default.ReplayTail) is not { } tail) return false;
                    fidelity = new(tail.Cycles, tail.Identical, tail.FirstOther);
                    return true;
                }

                if (!isFirst && JsonSerializer.Deserialize(line, Default.ReplayLine) is { } change)
                    course.Take(new Subject(change.Subject, change.Aspect), new Step(change.At, change.Value, change.Code, change.Sentence));
                isFirst = false;
            }
        }
        catch (JsonException)
        {
            trouble = "it does not write the lines of a replay";
        }

        return false;
    }
}
