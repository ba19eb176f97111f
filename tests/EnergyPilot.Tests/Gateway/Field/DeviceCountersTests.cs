using EnergyPilot.Gateway.Field;

namespace EnergyPilot.Tests.Gateway.Field;

public sealed class DeviceCountersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_request_is_counted_once_and_failures_by_their_kind()
    {
        var counters = new DeviceCounters();
        counters.Good(Now, TimeSpan.FromMilliseconds(3));
        counters.Heard(Now.AddSeconds(1));
        counters.Failed(Trouble.Timeout);
        counters.Failed(Trouble.Timeout);
        counters.Failed(Trouble.Checksum);
        counters.Refused(2, TimeSpan.FromMilliseconds(2));
        counters.Refused(2, TimeSpan.FromMilliseconds(2));
        counters.Refused(200, TimeSpan.FromMilliseconds(2));

        var figures = counters.Read();
        (figures.Requests, figures.Failures, figures.Of(Trouble.Timeout), figures.Of(Trouble.Checksum), figures.Of(Trouble.Exception)).ShouldBe((8, 6, 2, 1, 3));
        figures.Exceptions.ShouldBe([(2, 2L), (15, 1L)]);
        figures.LastGood.ShouldBe(Now.AddSeconds(1));
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.99, 100)]
    public void Quantiles_are_right_within_a_fifth(double share, double milliseconds)
    {
        var latencies = new Latencies();
        for (var i = 0; i < 98; i++) latencies.Add(TimeSpan.FromMilliseconds(1));
        latencies.Add(TimeSpan.FromMilliseconds(100));
        latencies.Add(TimeSpan.FromSeconds(2));
        latencies.Quantile(share).TotalMilliseconds.ShouldBeInRange(milliseconds, milliseconds * 1.2);
    }

    [Fact]
    public void A_year_of_answers_does_not_overflow_and_what_is_new_shows()
    {
        var latencies = new Latencies();
        for (var i = 0; i < 1_000_000; i++) latencies.Add(TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < 100_000; i++) latencies.Add(TimeSpan.FromMilliseconds(400));
        latencies.Quantile(0.5).TotalMilliseconds.ShouldBeInRange(400, 480);
        latencies.Quantile(0.1).TotalMilliseconds.ShouldBeInRange(1, 1.2);
    }

    [Fact]
    public void Nothing_heard_is_no_time() => new Latencies().Quantile(0.5).ShouldBe(TimeSpan.Zero);

    [Fact]
    public void Extremes_fall_into_the_outer_steps()
    {
        var latencies = new Latencies();
        latencies.Add(TimeSpan.Zero);
        latencies.Quantile(1).ShouldBe(TimeSpan.FromMicroseconds(64));
        latencies.Add(TimeSpan.FromHours(1));
        latencies.Quantile(1).ShouldBeGreaterThan(TimeSpan.FromSeconds(20));
    }
}
