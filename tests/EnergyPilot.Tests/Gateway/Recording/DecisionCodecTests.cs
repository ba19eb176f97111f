using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Gateway.Recording;

public sealed class DecisionCodecTests
{
    [Fact]
    public void What_was_decided_is_read_back_as_finely_as_it_is_said() => Law.Holds(chance =>
    {
        var site = RandomSite.Of(chance);
        var (encoder, decoder, trail) = (new DecisionEncoder(), new DecisionDecoder(), new DecisionTrail());
        var memory = Memory.Empty;
        var at = RandomWorld.At(chance);
        for (var batch = 0; batch < 3; batch++)
        {
            List<DecisionStep> steps = [];
            for (var n = chance.Next(4); n > 0; n--)
            {
                var decision = Pilot.Decide(site, RandomWorld.Snapshot(chance, site, at = at.AddSeconds(10)), memory);
                memory = decision.Memory;
                steps.AddRange(trail.Take(site, decision));
                encoder.Append(site, decision);
            }

            var read = decoder.Read(encoder.Take()).ToArray();

            read.Length.ShouldBe(steps.Count);
            foreach (var (one, other) in steps.Zip(read)) ShouldBeSaidAlike(one, other);
            decoder.IsBroken.ShouldBeFalse();
        }
    }, cases: 500);

    [Fact]
    public void Only_changes_are_told_and_an_alarm_that_ends()
    {
        var site = RandomSite.Of(new Random(3));
        var at = RandomWorld.At(new Random(3));
        var reason = Reason.Of(ReasonCode.SensorLost);
        var quiet = new Decision(at, [], [], [], [], [], [], Memory.Empty);
        var alarmed = quiet with { Alarms = [new Alarm("room-cp", Severity.Warning, at, reason)] };
        var trail = new DecisionTrail();

        trail.Take(site, alarmed).ShouldHaveSingleItem().Subject.Name.ShouldBe("alarm/SensorLost/room-cp");
        trail.Take(site, alarmed with { At = at.AddSeconds(10) }).ShouldBeEmpty();
        trail.Take(site, quiet with { At = at.AddSeconds(20) }).ShouldHaveSingleItem().Value.ShouldBe(double.NaN);
        trail.Take(site, quiet with { At = at.AddSeconds(30) }).ShouldBeEmpty();
    }

    [Fact]
    public void Hostile_bytes_never_throw_past_the_decoder() => Law.Holds(chance =>
    {
        var site = RandomSite.Of(chance);
        var encoder = new DecisionEncoder();
        encoder.Append(site, Pilot.Decide(site, RandomWorld.Snapshot(chance, site, RandomWorld.At(chance)), Memory.Empty));
        var batch = encoder.Take();
        for (var n = chance.Next(1, 6); n > 0; n--) batch[chance.Next(batch.Length)] = (byte)chance.Next(256);

        new DecisionDecoder().Read(batch[..chance.Next(batch.Length + 1)]).Count().ShouldBeLessThanOrEqualTo(batch.Length);
    }, cases: 3000);

    private static void ShouldBeSaidAlike(DecisionStep one, DecisionStep other)
    {
        (other.At, other.Subject, other.Code).ShouldBe((one.At, one.Subject, one.Code));
        ShouldBeNear(other.Value, one.Value, 0.001);
        other.Facts.Select(f => (f.Name, f.Kind, f.Text)).ShouldBe(one.Facts.Select(f => (f.Name, f.Kind, f.Text)));
        foreach (var (fact, read) in one.Facts.Zip(other.Facts))
            ShouldBeNear(read.Number, fact.Number, fact.Kind switch { FactKind.Temperature or FactKind.Difference => 0.01, FactKind.Share => 0.001, _ => 1 });
    }

    // Half a step of rounding; infinities are not-a-number to any sentence, and nothing finite is as large as the clamp.
    private static void ShouldBeNear(double read, double value, double step)
    {
        if (double.IsFinite(value)) Math.Clamp(value, -1e12, 1e12).ShouldBe(Math.Clamp(read, -1e12, 1e12), 0.51 * step);
        else read.ShouldBe(double.NaN);
    }
}
