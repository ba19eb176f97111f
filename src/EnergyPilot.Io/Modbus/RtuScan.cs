namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Finds the answer in a stream of bytes that may hold noise, echoes and old frames: a place where unit and function fit,
/// the length is known and the CRC is right. Silence does not delimit frames here, for it does not survive a TCP tunnel.
/// </summary>
internal static class RtuScan
{
    /// <summary>
    /// The answer's place, looking no further than the first place where it may still be growing:
    /// the data of an unfinished frame must not be mistaken for a frame.
    /// </summary>
    public static Range? FirstAnswer(ReadOnlySpan<byte> received, byte unit, byte function) =>
        Find(received, unit, function, Patience.WaitForGrowing);

    /// <summary>The answer's place once nothing more will come: unfinished frames were noise.</summary>
    public static Range? LastChance(ReadOnlySpan<byte> received, byte unit, byte function) =>
        Find(received, unit, function, Patience.None);

    /// <summary>Whether an answer begins somewhere, however it goes on.</summary>
    public static bool HasBeginning(ReadOnlySpan<byte> received, byte unit, byte function)
    {
        for (var start = 0; start + 1 < received.Length; start++)
            if (received[start] == unit && (received[start + 1] & ~ModbusFunction.Exception) == function)
                return true;
        return false;
    }

    private enum Patience
    {
        None,
        WaitForGrowing,
    }

    private static Range? Find(ReadOnlySpan<byte> received, byte unit, byte function, Patience patience)
    {
        for (var start = 0; start < received.Length; start++)
        {
            var rest = received[start..];
            if (rest[0] != unit || rest.Length > 1 && (rest[1] & ~ModbusFunction.Exception) != function)
                continue;
            var length = ModbusRtuFrame.AnswerLength(rest);
            if (length < 0)
                continue;
            if (length > 0 && length <= rest.Length)
            {
                if (ModbusRtuFrame.HasGoodCrc(rest[..length]))
                    return start..(start + length);
            }
            else if (patience == Patience.WaitForGrowing)
            {
                return null;
            }
        }

        return null;
    }
}
