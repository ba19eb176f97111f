namespace EnergyPilot.Io.Tic;

/// <summary>
/// Finds frames in a stream of bytes, whatever the mode and wherever it begins. A damaged group costs itself, not its frame.
/// No byte makes it throw; it holds one frame of at most <see cref="MostGroups"/> groups, and a group of <see cref="LongestGroup"/> bytes.
/// </summary>
public sealed class TicParser
{
    /// <summary>Groups in a frame; Linky's longest has about 65.</summary>
    public const int MostGroups = 128;

    /// <summary>Bytes of a group between its ends; Linky's longest, PJOURF+1, has 109.</summary>
    public const int LongestGroup = 160;

    private const byte StartOfFrame = 0x02;
    private const byte EndOfFrame = 0x03;
    private const byte Abort = 0x04;
    private const byte StartOfGroup = 0x0A;
    private const byte EndOfGroup = 0x0D;

    // A line captured as 8N1 still has its parity bit.
    private const byte SevenBits = 0x7F;

    private readonly byte[] group = new byte[LongestGroup];
    private readonly List<TicGroup> groups = [];
    private TicFrame? last;
    private TicMode mode;
    private Place place;
    private int length;
    private long frames;
    private long badChecksums;
    private long malformed;
    private long aborted;

    private enum Place
    {
        Outside,
        BetweenGroups,
        InGroup,
    }

    /// <summary>Counts since the start.</summary>
    public TicStatistics Statistics => new(frames, badChecksums, malformed, aborted);

    /// <summary>Forgets the frame under way, as after a new connection.</summary>
    public void Reset() => place = Place.Outside;

    /// <summary>Takes bytes until a frame is complete or none are left; <paramref name="bytes"/> becomes what was not taken.</summary>
    public bool TryTake(ref ReadOnlySpan<byte> bytes, out TicFrame frame)
    {
        for (var taken = 0; taken < bytes.Length; taken++)
        {
            if (Take((byte)(bytes[taken] & SevenBits)) is not { } complete)
                continue;
            bytes = bytes[(taken + 1)..];
            frame = complete;
            return true;
        }

        bytes = default;
        frame = Nothing;
        return false;
    }

    private static readonly TicFrame Nothing = new(TicMode.Historic, []);

    private TicFrame? Take(byte character)
    {
        switch (character)
        {
            case StartOfFrame:
                if (place != Place.Outside)
                    aborted++;
                groups.Clear();
                place = Place.BetweenGroups;
                break;
            case EndOfFrame when place != Place.Outside:
                return Complete();
            case Abort when place != Place.Outside:
                GiveUp();
                break;
            case StartOfGroup when place != Place.Outside:
                EndCutGroup();
                (place, length) = (Place.InGroup, 0);
                break;
            case EndOfGroup when place == Place.InGroup:
                place = Place.BetweenGroups;
                Judge(group.AsSpan(0, length));
                break;
            default:
                if (place == Place.InGroup)
                    Grow(character);
                break;
        }

        return null;
    }

    private void Grow(byte character)
    {
        if (length < group.Length)
        {
            group[length++] = character;
            return;
        }

        malformed++;
        place = Place.BetweenGroups;
    }

    private TicFrame? Complete()
    {
        EndCutGroup();
        place = Place.Outside;
        if (groups.Count == 0)
        {
            aborted++;
            return null;
        }

        frames++;
        return last = new TicFrame(mode, groups.ToArray());
    }

    private void EndCutGroup()
    {
        if (place == Place.InGroup)
            malformed++;
    }

    private void GiveUp()
    {
        aborted++;
        place = Place.Outside;
    }

    private void Judge(ReadOnlySpan<byte> text)
    {
        if (!TicLine.TryRead(text, out var line) || groups.Count > 0 && line.Mode != mode)
        {
            malformed++;
            return;
        }

        if (!line.IsIntact)
        {
            badChecksums++;
            return;
        }

        mode = line.Mode;
        Keep(line);
    }

    private void Keep(TicLine line)
    {
        // A label that comes again: the end of one frame and the start of the next were lost between them.
        foreach (var kept in groups)
        {
            if (!Says(line.Label, kept.Label))
                continue;
            GiveUp();
            return;
        }

        if (groups.Count == MostGroups)
        {
            GiveUp();
            return;
        }

        // Most texts are those of the frame before: then they are shared instead of made again.
        var before = last is not null && groups.Count < last.Groups.Count ? last.Groups[groups.Count] : default;
        groups.Add(new TicGroup(Text(line.Label, before.Label), Text(line.Value, before.Value), line.Horodate));
    }

    private static string Text(ReadOnlySpan<byte> characters, string? before) =>
        before is not null && Says(characters, before) ? before : System.Text.Encoding.ASCII.GetString(characters);

    private static bool Says(ReadOnlySpan<byte> characters, string text) => System.Text.Ascii.Equals(characters, text);
}
