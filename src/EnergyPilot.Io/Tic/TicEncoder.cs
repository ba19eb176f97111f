using System.Text;

namespace EnergyPilot.Io.Tic;

/// <summary>Writes frames byte by byte as meters do, parity left to the line.</summary>
public static class TicEncoder
{
    /// <summary>The bytes of a frame, from STX to ETX.</summary>
    public static byte[] Encode(TicFrame frame)
    {
        var text = new StringBuilder().Append('\x02');
        foreach (var group in frame.Groups)
            Append(text, frame.Mode, group);
        return Encoding.ASCII.GetBytes(text.Append('\x03').ToString());
    }

    private static void Append(StringBuilder text, TicMode mode, TicGroup group)
    {
        var separator = mode == TicMode.Standard ? '\t' : ' ';
        var horodate = group.Horodate is { } at ? $"{at}{separator}" : "";
        var fields = $"{group.Label}{separator}{horodate}{group.Value}";
        var summed = mode == TicMode.Standard ? fields + separator : fields;
        var checksum = (char)TicChecksum.Of(Encoding.ASCII.GetBytes(summed));
        text.Append('\n').Append(fields).Append(separator).Append(checksum).Append('\r');
    }
}
