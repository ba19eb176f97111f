using EnergyPilot.Io.Modbus;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class RtuScanTests
{
    private static readonly byte[] Answer = Framed(1, 3, 4, 0x12, 0x34, 0x56, 0x78);

    [Fact]
    public void Answer_is_found_behind_noise_once_the_line_is_still() =>
        Prop.ForAll(Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf().ToArbitrary(), noise =>
        {
            byte[] heard = [.. noise, .. Answer];
            return RtuScan.LastChance(heard, 1, 3) is { } place && heard.AsSpan(place).SequenceEqual(Answer);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Unfinished_answer_is_waited_for()
    {
        for (var length = 0; length < Answer.Length; length++)
            RtuScan.FirstAnswer(Answer.AsSpan(0, length), 1, 3).ShouldBeNull();
        RtuScan.FirstAnswer(Answer, 1, 3).ShouldBe(..Answer.Length);
    }

    [Fact]
    public void Data_that_look_like_a_frame_are_not_taken_while_their_frame_grows()
    {
        var outer = Framed([1, 3, (byte)(Answer.Length + 1), .. Answer, 0]);

        RtuScan.FirstAnswer(outer.AsSpan(0, outer.Length - 1), 1, 3).ShouldBeNull();
        RtuScan.FirstAnswer(outer, 1, 3).ShouldBe(..outer.Length);
    }

    [Fact]
    public void Exception_is_an_answer()
    {
        var refusal = Framed(1, 0x83, 2);

        RtuScan.FirstAnswer(refusal, 1, 3).ShouldBe(..refusal.Length);
    }

    [Fact]
    public void Other_units_and_functions_are_passed_over()
    {
        byte[] heard = [.. Framed(2, 3, 2, 0, 1), .. Framed(1, 4, 2, 0, 1), .. Answer];

        RtuScan.FirstAnswer(heard, 1, 3).ShouldBe((heard.Length - Answer.Length)..heard.Length);
    }

    private static byte[] Framed(params byte[] bytes)
    {
        var frame = new byte[ModbusRtuFrame.MaxLength];
        bytes.CopyTo(frame, 0);
        return frame[..ModbusRtuFrame.AppendCrc(frame, bytes.Length)];
    }
}
