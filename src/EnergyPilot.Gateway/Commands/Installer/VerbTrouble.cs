namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Ends a verb with one sentence for the person at the terminal: what, where, and the remedy.</summary>
internal sealed class VerbTrouble(int exitCode, string sentence) : Exception(sentence)
{
    public int ExitCode => exitCode;

    /// <summary>The question was wrong: an option, a name, a value.</summary>
    public static VerbTrouble Asked(string sentence) => new(1, sentence);

    /// <summary>The question was right, but the field did not answer it: no line, no answer, refused.</summary>
    public static VerbTrouble Field(string sentence) => new(2, sentence);
}
