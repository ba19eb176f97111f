using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Faults;

/// <summary>The matrix: everything that a line, a tunnel or a bad device does to an answer.</summary>
internal static class LineFaults
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(20);
    private static readonly byte[] Garbage = [0x55, 0xAA, 0x00, 0xFF, 0x13, 0x37, 0xC0, 0xDE, 0x01];

    /// <summary>The faults of a line; times are in proportion to the <paramref name="deadline"/> of a poll that fails.</summary>
    public static IEnumerable<LineFault> Of(LineKind kind, TimeSpan deadline) =>
        [.. Silences(kind, deadline), .. Strangers(kind), .. Damages(kind), .. Codes(), .. Connections(kind), .. Repetitions(kind)];

    private static IEnumerable<LineFault> Silences(LineKind kind, TimeSpan deadline)
    {
        yield return new("no fault", Through) { Ends = Ending.Good };
        yield return new("silent", Silent);
        yield return new("silent three times", Silent) { Polls = 3 };
        yield return new("late, before the next question", Late(deadline * 1.2));
        yield return new("late, during the next question", Late(deadline * 1.6));
        yield return new("late, just after the next question was sent", Silent, to => to.SayInPieces(Gap, to.Before, to.Frame)) { Polls = 2, Recovery = kind == LineKind.Tcp ? 1 : 2 };
        yield return new("one byte at a time", to => to.SayInPieces(TimeSpan.FromMilliseconds(1), [.. to.Frame.Select(one => new[] { one })])) { Ends = Ending.Good };
        yield return new("in two pieces, 40 ms apart", to => to.SayInPieces(2 * Gap, to.Frame[..9], to.Frame[9..])) { Ends = Ending.Good };
    }

    private static IEnumerable<LineFault> Strangers(LineKind kind)
    {
        yield return new("wrong unit", to => to.Say(to.Framed((byte)(to.Unit + 1), to.Pdu)));
        yield return new("wrong unit, then the right one", to => to.Say([.. to.Framed((byte)(to.Unit + 1), to.Pdu), .. to.Frame])) { Ends = Ending.Either, Recovery = 2 };
        yield return new("wrong function", to => to.Say(to.Framed(to.Unit, [4, .. to.Pdu[1..]])));
        yield return new("function 0", to => to.Say(to.Framed(to.Unit, [0, .. to.Pdu[1..]])));
        yield return new("two registers fewer than asked for", to => to.Say(to.Framed(to.Unit, [to.Pdu[0], (byte)(to.Pdu[1] - 4), .. to.Pdu[2..^4]])));
        yield return new("two registers more than asked for", to => to.Say(to.Framed(to.Unit, [to.Pdu[0], (byte)(to.Pdu[1] + 4), .. to.Pdu[2..], 1, 2, 3, 4])));
        yield return new("byte count too small for what comes", to => to.Say(to.Framed(to.Unit, [to.Pdu[0], (byte)(to.Pdu[1] - 2), .. to.Pdu[2..]])));
        yield return new("byte count too large for what comes", to => to.Say(to.Framed(to.Unit, [to.Pdu[0], (byte)(to.Pdu[1] + 2), .. to.Pdu[2..]])));
        yield return new("byte count 0", to => to.Say(to.Framed(to.Unit, to.Pdu[0], 0)));
        yield return new("byte count 255", to => to.Say(to.Framed(to.Unit, [to.Pdu[0], 255, .. to.Pdu[2..]])));
        if (kind != LineKind.Tcp)
            yield break;
        yield return new("transaction of the question before", to => to.Say([to.Frame[0], (byte)(to.Frame[1] - 1), .. to.Frame[2..]]));
        yield return new("transaction of a question to come", to => to.Say([to.Frame[0], (byte)(to.Frame[1] + 1), .. to.Frame[2..]]));
        yield return new("transaction with its bytes swapped", to => to.Say([to.Frame[1], to.Frame[0], .. to.Frame[2..]]));
        yield return new("protocol 1", to => to.Say(to.With(3, 1)));
        yield return new("length 0", to => to.Say([.. to.Frame[..4], 0, 0, .. to.Frame[6..]]));
        yield return new("length 1", to => to.Say([.. to.Frame[..4], 0, 1, .. to.Frame[6..]]));
        yield return new("length 65535", to => to.Say([.. to.Frame[..4], 0xFF, 0xFF, .. to.Frame[6..]]));
        yield return new("length one too small", to => to.Say(to.With(5, to.Frame[5] - 1))) { Recovery = 2 };
        yield return new("length one too large", to => to.Say(to.With(5, to.Frame[5] + 1)));
    }

    private static IEnumerable<LineFault> Damages(LineKind kind)
    {
        yield return new("cut in the head", to => to.Say(to.Frame[..3]));
        yield return new("cut in the middle", to => to.Say(to.Frame[..(to.Frame.Length / 2)]));
        yield return new("last byte missing", to => to.Say(to.Frame[..^1]));
        yield return new("nothing but garbage", to => to.Say(Garbage));
        yield return new("300 bytes of garbage", to => to.Say([.. Enumerable.Range(0, 300).Select(n => (byte)(n * 37 + 5))]));
        yield return new("garbage before", to => to.Say([.. Garbage, .. to.Frame])) { Ends = kind == LineKind.Tcp ? Ending.Fault : Ending.Either };
        yield return new("garbage after", to => to.Say([.. to.Frame, .. Garbage])) { Ends = Ending.Good, Recovery = kind == LineKind.Tcp ? 2 : 1 };
        yield return new("a beginning of the answer, then the answer", to => to.Say([.. to.Frame[..6], .. to.Frame])) { Ends = Ending.Either };
        if (kind == LineKind.Tcp)
            yield break;
        yield return new("wrong checksum", to => to.Say(to.With(to.Frame.Length - 1, to.Frame[^1] ^ 1)));
        yield return new("a bit turned over", to => to.Say(to.With(8, to.Frame[8] ^ 0x10)));
        yield return new("checksum with its bytes swapped", to => to.Say([.. to.Frame[..^2], to.Frame[^1], (byte)(to.Frame[^2])])) { Ends = Ending.Either };
    }

    // Busy (6) and acknowledge (5) are asked again until the deadline; all others end the poll at once.
    private static IEnumerable<LineFault> Codes()
    {
        foreach (var code in Enumerable.Range(1, 11).Append(99))
            yield return new($"exception {code}", to => to.Say(to.Framed(to.Unit, (byte)(to.Pdu[0] | 0x80), (byte)code)));
        yield return new("busy once", Exception(6), Through) { Ends = Ending.Good };
        yield return new("acknowledge once", Exception(5), Through) { Ends = Ending.Good };
        yield return new("exception to another function", to => to.Say(to.Framed(to.Unit, 0x84, 2)));
        yield return new("exception without a code", to => to.Say(to.Framed(to.Unit, 0x83)));
    }

    private static IEnumerable<LineFault> Connections(LineKind kind)
    {
        if (kind == LineKind.RtuSerial)
        {
            yield return new("bytes vanish for two polls", Silent) { Polls = 2 };
            yield break;
        }

        yield return new("reset instead of an answer", Reset);
        yield return new("reset in the middle", async to => { await to.Say(to.Frame[..10]); to.Reset(); });
        yield return new("closed instead of an answer", Close);
        yield return new("closed in the middle", async to => { await to.Say(to.Frame[..10]); to.Line.Dispose(); });
        yield return new("reset after the answer", async to => { await to.Say(to.Frame); to.Reset(); }) { Ends = Ending.Either, Recovery = 2 };
        yield return new("closed after the answer", async to => { await to.Say(to.Frame); to.Line.Dispose(); }) { Ends = Ending.Good, Recovery = 2 };
        yield return new("half-open: bytes vanish, no end is said", Vanish) { Recovery = kind == LineKind.Tcp ? 1 : MostSilences };
    }

    /// <summary>A tunnel cannot be told from the units behind it: so many silences in a row, and it is opened anew.</summary>
    private const int MostSilences = 4;

    private static IEnumerable<LineFault> Repetitions(LineKind kind)
    {
        yield return new("answer twice", to => to.Say([.. to.Frame, .. to.Frame])) { Ends = Ending.Good };
        yield return new("two answers glued, after a silence", Silent, to => to.Say([.. to.Before, .. to.Frame])) { Polls = 2, Recovery = kind == LineKind.Tcp ? 1 : 2 };
        yield return new("answer and half of it again", to => to.Say([.. to.Frame, .. to.Frame[..(to.Frame.Length / 2)]])) { Ends = Ending.Good, Recovery = kind == LineKind.Tcp ? 2 : 1 };

        // A serial frame does not say which question it answers: a repetition after the next question was sent is that answer, to anyone.
        if (kind == LineKind.Tcp)
            yield return new("answer three times, apart", to => to.SayInPieces(TimeSpan.FromMilliseconds(5), to.Frame, to.Frame, to.Frame)) { Ends = Ending.Good };
    }

    public static Task Through(Answering to) => to.Say(to.Frame);

    public static Task Silent(Answering to) => Task.CompletedTask;

    public static Task Reset(Answering to)
    {
        to.Reset();
        return Task.CompletedTask;
    }

    public static Task Close(Answering to)
    {
        to.Line.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>From now on this connection swallows everything.</summary>
    public static async Task Vanish(Answering to)
    {
        var swallowed = new byte[256];
        while (await to.Line.ReceiveAsync(swallowed, System.Net.Sockets.SocketFlags.None, to.Stop) > 0)
        {
            // Swallowed.
        }
    }

    public static Behaviour Late(TimeSpan by) => async to =>
    {
        await Task.Delay(by, to.Stop);
        await to.Say(to.Frame);
    };

    public static Behaviour Exception(int code) => to => to.Say(to.Framed(to.Unit, (byte)(to.Pdu[0] | 0x80), (byte)code));
}
