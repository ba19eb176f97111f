using System.Globalization;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Sparkplug;
using EnergyPilot.Tests.Core.Control;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Storage;
using EnergyPilot.Tests.Io;
using EnergyPilot.Tests.Io.Mqtt;
using EnergyPilot.Tests.Io.Sparkplug;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Uplink;

/// <summary>The demo school's uplink over mosquitto, heard by Eclipse Paho, read and commanded in Eclipse Tahu's JavaScript.</summary>
public sealed class TahuAtTheCity
{
    private const string Hear = """
        import sys
        import paho.mqtt.client as mqtt
        client = mqtt.Client("city", protocol=mqtt.MQTTv5)
        client.on_message = lambda _, __, message: print(message.topic, message.payload.hex(), flush=True)
        client.on_subscribe = lambda *_: print(sys.argv[1], flush=True)
        client.connect("127.0.0.1", int(sys.argv[1]))
        for verb in ("NBIRTH", "DBIRTH", "NDATA", "DDATA"):
            client.subscribe("spBv1.0/test/%s/#" % verb, 1)
        client.loop_forever()
        """;

    // As a host reads data: it has the types from the births, for data carry none.
    private const string Read = """
        const { Payload } = require(library + '/lib/sparkplugPayloadProto.js').org.eclipse.tahu.protobuf;
        const born = {};
        for (let i = 0; i < args.length; i += 2) {
            const [, , verb, , device = ''] = args[i].split('/');
            const raw = Payload.decode(Buffer.from(args[i + 1], 'hex'));
            for (const m of raw.metrics) {
                const key = m.alias ? m.alias.toString() : '';
                if (verb.endsWith('BIRTH') && key) born[key] = { name: m.name, type: m.datatype };
                if (verb.endsWith('DATA')) m.datatype = born[key].type;
            }
            for (const m of tahu.decodePayload(Payload.encode(raw).finish()).metrics) {
                const value = m.value instanceof Uint8Array ? '#' + Buffer.from(m.value).toString('hex') : m.value === null || m.value === undefined ? 'null' : m.value.toString();
                const unit = m.properties && m.properties.engUnit ? m.properties.engUnit.value : '';
                console.log([verb, device, m.name || born[m.alias.toString()].name, m.type, value, m.timestamp, !!m.isHistorical, unit].join('\t'));
            }
        }
        """;

    private const string Encode = "for (const a of args) console.log(Buffer.from(tahu.encodePayload(eval('(' + a + ')'))).toString('hex'));";

    private static readonly DateTimeOffset Now = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Tahu_reads_the_school_value_by_value_and_is_obeyed()
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var city = PeerProcess.Start(Peers.NeedPython("paho.mqtt.client", "python3-paho-mqtt"), "-c", Hear, $"{broker.Port}");
        for (var n = 0; n < 4; n++) await city.Port(Stop);
        using var school = new School(broker.Port);
        school.Live();
        await school.Service.StartAsync(Stop);
        var heard = new List<(string Topic, string Payload)>();
        await Until(city, heard, () => heard.Any(h => h.Topic.Contains("NDATA", StringComparison.Ordinal)));
        var record = school.Live();
        await Until(city, heard, () => heard.Count(h => h.Topic.Contains("NDATA", StringComparison.Ordinal)) > 1);

        var told = await Told(heard);
        var births = told.Where(t => t.Verb == "DBIRTH").ToDictionary(t => (t.Device, t.Metric));
        var first = CyclePoints.Of(school.First).ToDictionary(o => o.Point, o => o.Reading);
        foreach (var point in school.Directory.Points.Values)
        {
            var said = births[(point.Device, point.Metric)];
            (said.Value, said.Unit).ShouldBe((Text(point, first.GetValueOrDefault(point.Point, Reading.Unreliable(Reliability.NoSensor, Now))), Unit.Canonical(point.Quantity).Symbol), point.Point.Name);
        }

        var data = told.Where(t => t.Verb == "DDATA" && school.Metrics.ContainsKey((t.Device, t.Metric))).ToList();
        var log = school.Store.Cursors.ReadAfter(0L, 10_000);
        data.Select(t => (school.Metrics[(t.Device, t.Metric)].Point.Name, t.Value, t.At)).Order().ShouldBe(
            log.Select(s => (s.Point.Name, Text(school.Directory.Points[s.Point], new Reading(s.Value, s.Quality, s.At)), s.At.ToUnixTimeMilliseconds())).Order());
        data.Count(t => !t.IsHistorical).ShouldBeGreaterThan(0);
        told.Where(t => t is { Verb: "NBIRTH", Metric: "Delivery/Log" }).ShouldHaveSingleItem().Value.ShouldBe(school.Store.LogId);
        told.Where(t => t is { Verb: "NBIRTH", Metric: "Properties/Name" }).ShouldHaveSingleItem().Value.ShouldBe(SchoolFiles.DemoSite.Name);
        record.Decision.At.ShouldBeGreaterThan(Now);

        var commands = await TahuPeer.Run(Encode,
        [
            $"{{timestamp:1768204800000,metrics:[{{name:'Delivery/Log',type:'String',value:'{school.Store.LogId}'}},{{name:'Delivery/Stored Through',type:'Int64',value:{school.Store.Samples.LastSequence}}}]}}",
            $"{{timestamp:1768204800000,metrics:[{{name:'setpoint',type:'Double',value:17.5}},{{name:'wish/until',type:'DateTime',value:{Now.AddHours(2).ToUnixTimeMilliseconds()}}},{{name:'wish/by',type:'String',value:'Métropole'}}]}}",
        ], Stop);
        await Send(broker, "NCMD/school", commands[0]);
        await UplinkStage.Until(() => school.View.Read() is { Waiting: 0 });
        await Send(broker, "DCMD/school/zone-cp", commands[1]);
        var taken = $"taken: 17.5 °C until {Now.AddHours(2):u}";
        var before = heard.Count;
        await Until(city, heard, () => heard.Skip(before).Any(h => h.Topic.EndsWith("/DDATA/school/zone-cp", StringComparison.Ordinal)));
        (await Told(heard)).Where(t => t is { Verb: "DDATA", Device: "zone-cp", Metric: "wish/answer" }).ShouldHaveSingleItem().Value.ShouldBe(taken);
        var wish = school.Store.Overrides.Active(school.Time.GetUtcNow()).ShouldHaveSingleItem();
        (wish.Zone, wish.Setpoint, wish.Owner, wish.Until).ShouldBe((new ZoneId("cp"), 17.5.Celsius, "Métropole", Now.AddHours(2)));
        await school.Service.StopAsync(Stop);
    }

    private static async Task Until(PeerProcess city, List<(string Topic, string Payload)> heard, Func<bool> holds)
    {
        while (!holds()) heard.Add((await city.Line(Stop))?.Split(' ') is [var topic, var payload] ? (topic, payload) : throw new InvalidOperationException("Paho has ended."));
    }

    private static async Task<Said[]> Told(List<(string Topic, string Payload)> heard) =>
        [.. (await TahuPeer.Run(Read, heard.SelectMany(h => new[] { h.Topic, h.Payload }), Stop)).Select(line => line.Split('\t')).Select(c => new Said(c[0], c[1], c[2], c[4], long.Parse(c[5], CultureInfo.InvariantCulture), c[6] == "true", c[7]))];

    private static async Task Send(Mosquitto broker, string to, string payload)
    {
        var file = Path.Combine(broker.Folder, "command");
        await File.WriteAllBytesAsync(file, Convert.FromHexString(payload), Stop);
        await broker.Publish(Stop, "-t", $"spBv1.0/test/{to}", "-f", file);
    }

    // As JavaScript writes numbers: a whole one has no decimals, others as few as tell them apart.
    private static string Text(UplinkPoint point, Reading reading) =>
        !reading.IsReliable ? "null" : point.Quantity == Quantity.State ? (reading.Value >= 0.5 ? "true" : "false") : reading.Value.ToString("R", CultureInfo.InvariantCulture);

    private sealed record Said(string Verb, string Device, string Metric, string Value, long At, bool IsHistorical, string Unit);

    private sealed class School : IDisposable
    {
        private readonly StoreFolder folder = new();
        private readonly LiveView live = new();
        private readonly DemoWorld world = new(rooms: 18.5, outdoor: 3.25);

        public School(int port)
        {
            var site = SchoolFiles.DemoSite with { Uplink = new EnergyPilot.Core.Sites.Uplink(new NetworkPlace("127.0.0.1", port, Carrying.Plain), "test", "school") { BirthSpread = TimeSpan.Zero } };
            Store = Store.Open(folder.Path, Time, NullLogger.Instance);
            Directory = new UplinkDirectory(site, []);
            Metrics = Directory.Points.Values.ToDictionary(p => (p.Device, p.Metric));
            View = new UplinkView(site);
            Service = new UplinkService(site, Store, live, View, Time, NullLogger<UplinkService>.Instance);
            First = new CycleRecord(site, world.At(Now), world.Decide(Now));
        }

        public SteppedClock Time { get; } = new(Now);

        public Store Store { get; }

        public UplinkDirectory Directory { get; }

        public Dictionary<(string Device, string Metric), UplinkPoint> Metrics { get; }

        public UplinkView View { get; }

        public UplinkService Service { get; }

        public CycleRecord First { get; }

        /// <summary>The first cycle; later ones are colder by half a kelvin.</summary>
        public CycleRecord Live()
        {
            var record = First;
            if (live.Latest is not null)
            {
                Time.Advance(TimeSpan.FromMinutes(1));
                world[DemoWorld.Cp] = 18;
                record = new CycleRecord(First.Site, world.At(Time.GetUtcNow()), world.Decide(Time.GetUtcNow()));
            }

            Store.Record(record);
            Store.Flush();
            live.Show(record);
            return record;
        }

        public void Dispose()
        {
            Service.Dispose();
            Store.Dispose();
            folder.Dispose();
        }
    }
}
