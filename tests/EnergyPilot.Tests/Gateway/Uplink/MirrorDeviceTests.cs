using System.Text;
using System.Text.Json;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Uplink;

namespace EnergyPilot.Tests.Gateway.Uplink;

/// <summary>What the mirror says of a device, and when.</summary>
public sealed class MirrorDeviceTests
{
    private readonly ManualTime time = new();

    [Theory]
    [InlineData(Quantity.Temperature, 19.149, 19.1)]
    [InlineData(Quantity.Temperature, -0.04, 0)]
    [InlineData(Quantity.Concentration, 823, 820)]
    [InlineData(Quantity.RelativeHumidity, 45.6, 46)]
    [InlineData(Quantity.Power, 12_345, 12_300)]
    [InlineData(Quantity.Power, 7.6, 8)]
    [InlineData(Quantity.Power, 0, 0)]
    [InlineData(Quantity.Energy, 61_313.8789, 61_313.88)]
    [InlineData(Quantity.Volume, 0.1234, 0.123)]
    [InlineData(Quantity.Pressure, 151_234, 151_000)]
    [InlineData(Quantity.VolumeFlow, 1.23456, 1.23)]
    public void Values_are_told_as_exactly_as_their_sensors_are(Quantity quantity, double value, double told)
    {
        var rounded = Rounding.Of(quantity, value);
        rounded.ShouldBe(told);
        double.IsNegative(rounded).ShouldBeFalse();
    }

    [Fact]
    public void Object_of_a_zone_has_values_their_units_and_why()
    {
        var room = MirrorSchool.Device("zone-cp", time);
        IsNews(room, 19.14).ShouldBeTrue();

        Text(room).ShouldStartWith("""{"at":"2026-01-12T06:00:00Z","expires":"2026-01-12T06:15:00Z","name":"Classe 1 (CP)","mode":"comfort","reason":"in-use",""");
        Text(room).ShouldContain("\"temperature\":\"°C\"");
        var said = Json(room);
        said.GetProperty("temperature").GetDouble().ShouldBe(19.1);
        said.GetProperty("co2").GetDouble().ShouldBe(820);
        said.GetProperty("setpoint").GetDouble().ShouldBe(19);
        said.GetProperty("heat").GetDouble().ShouldBe(40);
        said.GetProperty("window").ValueKind.ShouldBe(JsonValueKind.False);
        said.GetProperty("presence").ValueKind.ShouldBe(JsonValueKind.True);
        said.GetProperty("units").GetProperty("heat").GetString().ShouldBe("%");
        said.GetProperty("units").TryGetProperty("window", out _).ShouldBeFalse();
        said.TryGetProperty("unreliable", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Reliability.CommunicationFailure, "communication-failure")]
    [InlineData(Reliability.NoSensor, "no-sensor")]
    [InlineData(Reliability.NoFaultDetected, "unreliable-other")]
    public void What_nobody_knows_is_null_and_says_why(Reliability reliability, string word)
    {
        var room = MirrorSchool.Device("zone-cp", time);
        IsNews(room, 19.1);
        room.Told(time.GetTimestamp());

        IsNews(room, new Reading(double.NaN, reliability, MirrorSchool.Morning)).ShouldBeTrue();

        Json(room).GetProperty("temperature").ValueKind.ShouldBe(JsonValueKind.Null);
        Json(room).GetProperty("unreliable").GetProperty("temperature").GetString().ShouldBe(word);
    }

    [Fact]
    public void Every_point_of_the_school_stands_in_one_object_under_its_own_key()
    {
        foreach (var id in MirrorSchool.Directory.Devices)
        {
            var device = MirrorSchool.Device(id, time);
            IsNews(device, 19).ShouldBeTrue();
            var keys = Json(device).EnumerateObject().Select(p => p.Name).ToList();
            keys.ShouldBeUnique();
            device.Points.ShouldAllBe(p => keys.Contains(p.Metric));
        }
    }

    [Fact]
    public void Nothing_is_said_of_what_did_not_change_as_it_is_rounded()
    {
        var room = MirrorSchool.Device("zone-cp", time);
        IsNews(room, 19.10).ShouldBeTrue();
        room.Told(time.GetTimestamp());

        // Around the border between 19.1 and 19.2, a minute later.
        foreach (var noise in new[] { 19.14, 19.16, 19.13, 19.17, 19.04 })
        {
            time.Advance(TimeSpan.FromSeconds(10));
            IsNews(room, noise).ShouldBeFalse();
        }

        IsNews(room, 19.19).ShouldBeTrue();
        Json(room).GetProperty("temperature").GetDouble().ShouldBe(19.2);
    }

    [Fact]
    public void Another_mode_is_told_though_no_value_moved()
    {
        var room = MirrorSchool.Device("zone-cp", time);
        IsNews(room, 19);
        room.Told(time.GetTimestamp());

        var record = MirrorSchool.Cycle(MirrorSchool.Morning, 19, Mode.Reduced);
        room.IsNews(record, MirrorSchool.Readings(record), time.GetTimestamp()).ShouldBeTrue();
    }

    [Fact]
    public void Heartbeat_tells_it_again_after_five_minutes_and_well_before_it_expires()
    {
        var room = MirrorSchool.Device("zone-cp", time);
        IsNews(room, 19);
        room.Told(time.GetTimestamp());

        time.Advance(TimeSpan.FromSeconds(299));
        IsNews(room, 19).ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        IsNews(room, 19).ShouldBeTrue();
        (MirrorDevice.Heartbeat * 2).ShouldBeLessThan(MirrorDevice.Validity);
    }

    [Fact]
    public void What_was_not_sent_stays_news_and_so_does_what_the_broker_may_have_lost()
    {
        var room = MirrorSchool.Device("zone-cp", time);
        IsNews(room, 19).ShouldBeTrue();
        IsNews(room, 19).ShouldBeTrue();
        room.Told(time.GetTimestamp());
        IsNews(room, 19).ShouldBeFalse();
        room.Forget();
        IsNews(room, 19).ShouldBeTrue();
    }

    private bool IsNews(MirrorDevice device, double room) => IsNews(device, Reading.Good(room, MirrorSchool.Morning));

    private bool IsNews(MirrorDevice device, Reading room)
    {
        var record = MirrorSchool.Cycle(MirrorSchool.Morning, room);
        return device.IsNews(record, MirrorSchool.Readings(record), time.GetTimestamp());
    }

    private static string Text(MirrorDevice device) => Encoding.UTF8.GetString(device.Document.Span);

    private static JsonElement Json(MirrorDevice device) => JsonDocument.Parse(Text(device)).RootElement;
}
