using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Sparkplug;
using EnergyPilot.Tests.Gateway.Storage;
using EnergyPilot.Tests.Io;
using EnergyPilot.Tests.Io.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;
using SiteUplink = EnergyPilot.Core.Sites.Uplink;

namespace EnergyPilot.Tests.Gateway.Uplink;

/// <summary>A mosquitto that wants TLS, a certificate and a password of the gateway; the city is on its other port.</summary>
public sealed class SecuredLine
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttDialect.V3)]
    [InlineData(MqttDialect.V5)]
    public async Task Gateway_that_shows_certificate_and_password_delivers(MqttDialect dialect)
    {
        await using var broker = await Start();
        await using var stage = new UplinkStage(broker.Secured, broker.Mosquitto.Port, uplink => broker.Right(uplink) with { Dialect = dialect });
        stage.Live(100);
        stage.Start();
        await stage.CityHasAll();
        await UplinkStage.Until(() => stage.Figures.Waiting == 0);
        stage.Figures.Trouble.ShouldBe("");
        stage.Live(20);
        stage.Relay.Tear();
        await stage.CityHasAll();
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData("other authority", "No TLS with 127.0.0.1:")]
    [InlineData("no certificate", "certificate")]
    [InlineData("certificate of a stranger", "certificate")]
    [InlineData("wrong password", "NotAuthorized")]
    public async Task What_keeps_it_from_sending_is_said_in_a_sentence(string mistake, string said)
    {
        await using var broker = await Start();
        await using var stage = new UplinkStage(broker.Secured, broker.Mosquitto.Port, uplink => broker.Wrong(uplink, mistake));
        stage.Live(20);
        stage.Start();
        await UplinkStage.Until(() => stage.Figures.Trouble.Length > 0);
        stage.Figures.Trouble.ShouldContain(said);
        (stage.Figures.Births, stage.Figures.Waiting).ShouldBe((0, stage.Store.Samples.LastSequence));
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData("passwords missing", "gateway.password, which the site file names under uplink, cannot be read")]
    [InlineData("other authority", "No TLS with 127.0.0.1:")]
    [InlineData("no certificate at all in the file", "gateway.pem, which the site file names under uplink, holds no certificate in PEM")]
    [InlineData("no key at all in the file", "gateway.key, which the site file names under uplink, holds no key in PEM that fits the certificate")]
    public async Task Files_that_a_person_mends_are_read_again(string mistake, string said)
    {
        await using var broker = await Start();
        using var folder = new StoreFolder();
        var school = new EnergyPilot.Benchmarks.Uplink.MeasuredSchool(share: 0.02);
        var clock = new SteppedClock(EnergyPilot.Benchmarks.Uplink.MeasuredSchool.Start);
        using var store = Store.Open(folder.Path, clock, NullLogger.Instance);
        store.Record(school.At(clock.GetUtcNow()));
        store.Flush();
        var mended = broker.Spoil(mistake);
        var live = new LiveView();
        live.Show(school.At(clock.GetUtcNow()));
        var site = school.Site with { Uplink = broker.Right(new SiteUplink(new NetworkPlace("127.0.0.1", broker.Secured, Carrying.Encrypted), "test", "school") { BirthSpread = TimeSpan.Zero }) };
        var view = new UplinkView(site);
        using var service = new UplinkService(site, store, live, view, clock, NullLogger<UplinkService>.Instance) { TryAgain = TimeSpan.FromMilliseconds(100) };
        await service.StartAsync(Stop);

        await UplinkStage.Until(() => view.Read() is { Trouble.Length: > 0 });
        var trouble = view.Read().ShouldNotBeNull();
        trouble.Trouble.ShouldContain(said);
        trouble.Phase.ShouldNotBe(SparkplugPhase.Born);
        mended();
        await UplinkStage.Until(() => view.Read() is { Phase: SparkplugPhase.Born, Trouble: "" });

        // A certificate that is renewed in time ends nothing for long.
        File.SetLastWriteTimeUtc(Path.Combine(broker.Mosquitto.Folder, "gateway.pem"), DateTime.UnixEpoch);
        await UplinkStage.Until(() => view.Read() is { Phase: not SparkplugPhase.Born });
        await UplinkStage.Until(() => view.Read() is { Phase: SparkplugPhase.Born });
        await service.StopAsync(Stop);
    }

    private static async Task<SecuredBroker> Start()
    {
        var secured = Mosquitto.FreePort();
        var mosquitto = await Mosquitto.Start(Stop, async folder =>
        {
            await MqttTlsTests.Certify(folder, Stop);
            await using var passwords = PeerProcess.Start(Peers.Need("mosquitto_passwd", "mosquitto"), "-c", "-b", Path.Combine(folder, "passwords"), "school", "sésame");
            await passwords.Output(Stop);
            await File.WriteAllTextAsync(Path.Combine(folder, "gateway.password"), "sésame\n", Stop);
            await File.WriteAllTextAsync(Path.Combine(folder, "wrong.password"), "nope\n", Stop);
            return $"""
                allow_anonymous true
                password_file {folder}/passwords
                listener {secured} 127.0.0.1
                cafile {folder}/ca.pem
                certfile {folder}/server.pem
                keyfile {folder}/server.key
                require_certificate true
                """;
        });
        return new SecuredBroker(mosquitto, secured);
    }

    private sealed record SecuredBroker(Mosquitto Mosquitto, int Secured) : IAsyncDisposable
    {
        public SiteUplink Right(SiteUplink uplink) => uplink with
        {
            Broker = (NetworkPlace)uplink.Broker with { Carrying = Carrying.Encrypted },
            Login = new BrokerLogin("school", In("gateway.password"), In("ca.pem")), CertificateFile = In("gateway.pem"), KeyFile = In("gateway.key"),
        };

        public SiteUplink Wrong(SiteUplink uplink, string mistake)
        {
            var right = Right(uplink);
            return mistake switch
            {
                "other authority" => right with { Login = right.Login with { CaFile = In("other.pem") } },
                "no certificate" => right with { CertificateFile = "", KeyFile = "" },
                "certificate of a stranger" => right with { CertificateFile = In("stranger.pem"), KeyFile = In("stranger.key") },
                _ => right with { Login = right.Login with { PasswordFile = In("wrong.password") } },
            };
        }

        /// <summary>Spoils a file; what it returns mends it.</summary>
        public Action Spoil(string mistake)
        {
            var file = In(mistake switch { "passwords missing" => "gateway.password", "other authority" => "ca.pem", "no key at all in the file" => "gateway.key", _ => "gateway.pem" });
            var right = File.ReadAllBytes(file);
            File.Delete(file);
            if (mistake == "other authority") File.Copy(In("other.pem"), file);
            else if (mistake != "passwords missing") File.WriteAllText(file, "nothing");
            return () => File.WriteAllBytes(file, right);
        }

        public ValueTask DisposeAsync() => Mosquitto.DisposeAsync();

        private string In(string name) => Path.Combine(Mosquitto.Folder, name);
    }
}
