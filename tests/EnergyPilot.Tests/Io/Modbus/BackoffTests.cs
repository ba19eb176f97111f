using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class BackoffTests
{
    private readonly ManualTime time = new(DateTimeOffset.UnixEpoch.AddDays(1));

    [Fact]
    public void First_failure_is_tried_again_at_once()
    {
        var backoff = new Backoff(time, new Random(1));

        backoff.Failed();

        backoff.IsPausing.ShouldBeFalse();
    }

    [Fact]
    public void First_try_is_spread_where_many_are_cut_off_in_the_same_instant()
    {
        var random = new Random(1);
        var pauses = Enumerable.Range(0, 1_000).Count(_ =>
        {
            var backoff = new Backoff(time, random, TimeSpan.FromSeconds(2));
            backoff.Failed();
            time.Advance(TimeSpan.FromSeconds(1));
            return backoff.IsPausing;
        });

        pauses.ShouldBeInRange(400, 600);
    }

    [Fact]
    public void Pauses_double_up_to_half_a_minute_and_are_cut_by_half_at_most()
    {
        var backoff = new Backoff(time, new Random(1));
        backoff.Failed();
        foreach (var whole in new[] { 0.25, 0.5, 1, 2, 4, 8, 16, 30, 30, 30 })
        {
            backoff.Failed();
            time.Advance(TimeSpan.FromSeconds(whole / 2 * 0.999));
            backoff.IsPausing.ShouldBeTrue();
            time.Advance(TimeSpan.FromSeconds(whole / 2 * 1.001));
            backoff.IsPausing.ShouldBeFalse();
        }
    }

    [Fact]
    public void Success_forgets_the_failures()
    {
        var backoff = new Backoff(time, new Random(1));
        backoff.Failed();
        backoff.Failed();

        backoff.Succeeded();

        backoff.IsPausing.ShouldBeFalse();
        backoff.Failed();
        backoff.IsPausing.ShouldBeFalse();
    }

    [Fact]
    public void Silent_unit_is_spared_after_three_timeouts_and_its_neighbour_is_not()
    {
        var breaker = new UnitBreaker(time);
        for (var i = 0; i < 3; i++)
        {
            breaker.Allows(5).ShouldBeTrue();
            breaker.Note(5, ModbusResult.Failed(ModbusFault.Timeout));
        }

        breaker.Allows(5).ShouldBeFalse();
        breaker.Allows(6).ShouldBeTrue();

        time.Advance(TimeSpan.FromSeconds(0.25));
        breaker.Allows(5).ShouldBeTrue();
    }

    [Fact]
    public void Any_answer_closes_the_breaker()
    {
        var breaker = new UnitBreaker(time);
        for (var i = 0; i < 10; i++)
            breaker.Note(5, ModbusResult.Failed(ModbusFault.Timeout));
        breaker.Allows(5).ShouldBeFalse();

        breaker.Note(5, ModbusResult.Refused(ModbusExceptionCode.IllegalDataAddress));

        breaker.Allows(5).ShouldBeTrue();
        breaker.Note(5, ModbusResult.Failed(ModbusFault.Timeout));
        breaker.Allows(5).ShouldBeTrue();
    }

    [Theory]
    [InlineData(ModbusExceptionCode.GatewayPathUnavailable)]
    [InlineData(ModbusExceptionCode.GatewayTargetFailedToRespond)]
    public void Gateway_that_says_a_unit_is_silent_trips_the_breaker_of_that_unit(ModbusExceptionCode code)
    {
        var breaker = new UnitBreaker(time);
        for (var i = 0; i < 3; i++)
            breaker.Note(5, ModbusResult.Refused(code));

        breaker.Allows(5).ShouldBeFalse();
        breaker.Allows(6).ShouldBeTrue();
    }
}
