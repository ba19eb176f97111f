namespace EnergyPilot.Tests.Core.Devices;

/// <summary>What messages behind a broker mean: the JSON on the point's topic. Names by the vendors' decoders, zigbee-herdsman-converters and Shelly's documents, as the device files cite them.</summary>
internal static class MqttVectors
{
    public static readonly Vector[] Lines =
    [
        new("dragino-lht65", "temperature", """{"time":"2026-01-12T08:00:00Z","object":{"TempC_SHT":"21.30","Hum_SHT":"45.2","TempC_DS":"54.25","BatV":3.042}}""", 21.3),
        new("dragino-lht65", "probe-temperature", """{"object":{"TempC_DS":54.25}}""", 54.25),
        new("dragino-lht65", "battery-voltage", """{"object":{"BatV":3.042}}""", 3.042),
        new("dragino-lht65", "humidity", """{"object":{"Hum_SHT":45.2}}""", 45.2),

        new("elsys-ers-co2", "co2", """{"object":{"temperature":20.7,"humidity":41,"light":312,"motion":3,"co2":887,"vdd":3642}}""", 887),
        new("elsys-ers-co2", "light", """{"object":{"light":312}}""", 312),
        new("elsys-ers-co2", "motions", """{"object":{"motion":3}}""", 3),
        new("elsys-ers-co2", "battery-voltage", """{"object":{"vdd":3642}}""", 3.642),
        new("elsys-ers-co2", "temperature", """{"object":{"temperature":-0.4}}""", -0.4),
        new("elsys-ers-co2", "humidity", """{"object":{"humidity":41}}""", 41),

        new("milesight-am103", "co2", """{"time":"2026-01-12T08:00:00Z","object":{"temperature":21.4,"humidity":38.5,"co2":1012}}""", 1012),
        new("milesight-am103", "temperature", """{"object":{"temperature":21.4}}""", 21.4),
        new("milesight-am103", "humidity", """{"object":{"humidity":38.5}}""", 38.5),
        new("milesight-am103", "battery", """{"margin":8,"externalPowerSource":false,"batteryLevelUnavailable":false,"batteryLevel":87.5}""", 87.5),

        new("milesight-em300-th", "temperature", """{"time":"2026-01-12T08:00:00Z","object":{"temperature":30.8,"humidity":50.5,"battery":92}}""", 30.8),
        new("milesight-em300-th", "humidity", """{"object":{"humidity":50.5}}""", 50.5),
        new("milesight-em300-th", "battery", """{"batteryLevel":14}""", 14),

        new("shelly-gen2-switch", "output", """{"id":0,"source":"init","output":true,"apower":42.5,"voltage":231.4,"current":0.21,"aenergy":{"total":12345.6,"by_minute":[0,0,0]},"temperature":{"tC":41.2}}""", 1),
        new("shelly-gen2-switch", "active-power", """{"apower":-3.5}""", -3.5),
        new("shelly-gen2-switch", "energy", """{"aenergy":{"total":12345.6}}""", 12.3456),
        new("shelly-gen2-switch", "voltage", """{"voltage":231.4}""", 231.4),
        new("shelly-gen2-switch", "output", """{"output":false}""", 0),

        new("zigbee-aqara-e1", "setpoint", """{"occupied_heating_setpoint":19.5,"local_temperature":20.1,"battery":100,"system_mode":"heat","preset":"manual"}""", 19.5),
        new("zigbee-aqara-e1", "temperature", """{"local_temperature":20.1}""", 20.1),
        new("zigbee-aqara-e1", "battery", """{"battery":100}""", 100),

        new("zigbee-contact", "open", """{"contact":true,"battery":100,"linkquality":120}""", 0),
        new("zigbee-contact", "open", """{"contact":false}""", 1),
        new("zigbee-contact", "battery", """{"battery":9}""", 9),

        new("zigbee-danfoss-ally", "setpoint", """{"occupied_heating_setpoint":21,"local_temperature":20.43,"pi_heating_demand":35,"battery":74,"last_seen":"2026-01-12T08:00:00.000Z"}""", 21),
        new("zigbee-danfoss-ally", "temperature", """{"local_temperature":20.43}""", 20.43),
        new("zigbee-danfoss-ally", "opening", """{"pi_heating_demand":35}""", 35),
        new("zigbee-danfoss-ally", "battery", """{"battery":74}""", 74),

        new("zigbee-moes-brt-100", "setpoint", """{"current_heating_setpoint":20,"local_temperature":19.5,"position":60,"battery":85}""", 20),
        new("zigbee-moes-brt-100", "opening", """{"position":60}""", 60),
        new("zigbee-moes-brt-100", "temperature", """{"local_temperature":19.5}""", 19.5),

        new("zigbee-presence", "present", """{"occupancy":true,"battery":97}""", 1),
        new("zigbee-presence", "present", """{"occupancy":false}""", 0),

        new("zigbee-sonoff-trvzb", "setpoint", """{"occupied_heating_setpoint":18,"local_temperature":18.4,"running_state":"heat","battery":60}""", 18),
        new("zigbee-sonoff-trvzb", "heating", """{"running_state":"heat"}""", 1),
        new("zigbee-sonoff-trvzb", "heating", """{"running_state":"idle"}""", 0),
        new("zigbee-sonoff-trvzb", "temperature", """{"local_temperature":18.4}""", 18.4),

        new("zigbee-temperature-humidity", "temperature", """{"temperature":27.34,"humidity":44.72,"battery":91}""", 27.34),
        new("zigbee-temperature-humidity", "humidity", """{"humidity":44.72}""", 44.72),
        new("zigbee-temperature-humidity", "battery", """{"battery":91}""", 91),
    ];

    public static TheoryData<string, string, string, double> All => Vector.Table(Lines);
}
