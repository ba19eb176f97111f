namespace EnergyPilot.Tests.Core.Devices;

/// <summary>What registers of known devices mean: words in hexadecimal, lowest address first; a coil is 0001 or 0000. The patterns are worked out from IEEE 754 and two's complement, not by the codec; those of Ectocontrol and SM100 are examples of their documents.</summary>
internal static class ModbusVectors
{
    public static readonly Vector[] Lines =
    [
        new("abb-b23", "active-power", "0001 E240", 1234.56),
        new("abb-b23", "active-power", "FFFF 3CB0", -500),
        new("abb-b23", "active-power", "7FFF FFFF", double.NaN),
        new("abb-b23", "energy-import", "0000 0000 0012 D687", 12345.67),
        new("abb-b23", "energy-export", "FFFF FFFF FFFF FFFF", double.NaN),
        new("abb-b23", "voltage-l2", "0000 08FD", 230.1),
        new("abb-b23", "current-l3", "0000 04E2", 12.5),
        new("abb-b23", "frequency", "1386", 49.98),
        new("abb-b23", "power-factor", "FC25", -0.987),

        new("andivi-andrtf3", "temperature", "00D7", 21.5),
        new("andivi-andrtf3", "temperature", "FFCC", -5.2),

        new("aquametro-calec-st", "supply-temperature", "4287 8000", 67.75),
        new("aquametro-calec-st", "power", "4268 0000", 58_000),

        new("belimo-energy-valve", "setpoint", "1388", 50),
        new("belimo-energy-valve", "position", "1386", 49.98),
        new("belimo-energy-valve", "flow", "00FA", 0.9),
        new("belimo-energy-valve", "temperature-1", "1970", 65.12),
        new("belimo-energy-valve", "temperature-2", "FFFB", -0.05),
        new("belimo-energy-valve", "heating-energy", "E240 0001", 123_456),
        new("belimo-energy-valve", "heating-power", "0046 0000", 70_000),

        new("carlo-gavazzi-em24", "active-power", "3039 0000", 1234.5),
        new("carlo-gavazzi-em24", "energy-import", "86A0 0001", 10_000),
        new("carlo-gavazzi-em24", "energy-export", "0007 0000", 0.7),
        new("carlo-gavazzi-em24", "voltage-l3", "08FA 0000", 229.8),
        new("carlo-gavazzi-em24", "power-factor", "03B9", 0.953),
        new("carlo-gavazzi-em24", "frequency", "01F4", 50),

        new("carlo-gavazzi-em340", "voltage-l1", "08FC 0000", 230),
        new("carlo-gavazzi-em340", "active-power", "FFFE FFFF", -0.2),
        new("carlo-gavazzi-em340", "energy-import", "86A0 0001", 10_000),
        new("carlo-gavazzi-em340", "current-l2", "FA24 FFFF", -1.5),
        new("carlo-gavazzi-em340", "active-power-l3", "11F8 0000", 460),
        new("carlo-gavazzi-em340", "power-factor", "FC18", -1),
        new("carlo-gavazzi-em340", "frequency", "01F3", 49.9),

        new("eastron-sdm120", "voltage", "4366 0000", 230),
        new("eastron-sdm120", "active-power", "C4BB 8000", -1500),
        new("eastron-sdm120", "energy-import", "4480 1000", 1024.5),
        new("eastron-sdm120", "energy-total", "4580 0200", 4096.25),
        new("eastron-sdm120", "power-factor", "3F60 0000", 0.875),

        new("eastron-sdm630", "active-power", "4479 0000", 996),
        new("eastron-sdm630", "active-power", "C348 0000", -200),
        new("eastron-sdm630", "active-power", "7FC0 0000", double.NaN),
        new("eastron-sdm630", "energy-import", "461C 4000", 10_000),
        new("eastron-sdm630", "current-l3", "4184 0000", 16.5),

        new("ectocontrol-adapter-v2", "water-temperature", "0123", 29.1),
        new("ectocontrol-adapter-v2", "water-temperature", "7FFF", double.NaN),
        new("ectocontrol-adapter-v2", "setpoint", "025D", 60.5),
        new("ectocontrol-adapter-v2", "active-setpoint", "2D00", 45),
        new("ectocontrol-adapter-v2", "burner", "0005", 1),
        new("ectocontrol-adapter-v2", "burner", "0002", 0),
        new("ectocontrol-adapter-v2", "heating-enabled", "0002", 1),
        new("ectocontrol-adapter-v2", "modulation", "004B", 75),
        new("ectocontrol-adapter-v2", "water-pressure", "340C", 120_000),
        new("ectocontrol-adapter-v2", "water-pressure", "34FF", 2_550_000),
        new("ectocontrol-adapter-v2", "error", "0007", 7),

        new("elt-mb-350u-c", "co2", "0320", 800),
        new("elt-mb-350u-c", "temperature", "00FF", 25.5),
        new("elt-mb-350u-c", "humidity", "002F", 47),

        new("fan-coil-thermostat-wk0600", "temperature", "00CD", 20.5),
        new("fan-coil-thermostat-wk0600", "setpoint", "0015", 21),
        new("fan-coil-thermostat-wk0600", "day-mode", "A5F1", 1),
        new("fan-coil-thermostat-wk0600", "day-mode", "A5F0", 0),
        new("fan-coil-thermostat-wk0600", "heating-valve", "02DF", 73.5),

        new("generic-boiler-setpoint", "setpoint", "028F", 65.5),
        new("generic-boiler-setpoint", "flow-temperature", "0264", 61.2),
        new("generic-boiler-setpoint", "flow-temperature", "7FFF", double.NaN),
        new("generic-boiler-setpoint", "return-temperature", "8000", double.NaN),
        new("generic-boiler-setpoint", "burner", "0001", 1),
        new("generic-boiler-setpoint", "fault", "0001", 0),
        new("generic-boiler-setpoint", "fault", "0002", 1),

        new("inepro-pro380", "active-power", "4148 0000", 12_500),
        new("inepro-pro380", "energy-import", "4500 0C00", 2048.75),
        new("inepro-pro380", "energy-import-tariff-2", "4040 0000", 3),
        new("inepro-pro380", "voltage-l1", "4367 8000", 231.5),
        new("inepro-pro380", "frequency", "4248 0000", 50),

        new("janitza-b23", "active-power", "C43B 8000", -750),
        new("janitza-b23", "energy-import", "4B18 9680", 10_000),
        new("janitza-b23", "voltage-l2", "4365 8000", 229.5),
        new("janitza-b23", "current-l1", "40E8 0000", 7.25),

        new("schneider-iem3155", "active-power", "4148 0000", 12_500),
        new("schneider-iem3155", "energy-import", "0000 0000 0098 9680", 10_000),
        new("schneider-iem3155", "energy-import", "FFFF FFFF FFFF FC18", -1),
        new("schneider-iem3155", "active-power-l2", "4090 0000", 4500),
        new("schneider-iem3155", "current-l3", "41A2 0000", 20.25),

        new("siemens-pac2200", "active-power", "C548 0000", -3200),
        new("siemens-pac2200", "energy-import", "4167 8C29 C000 0000", 12345.678),
        new("siemens-pac2200", "voltage-l3", "4366 8000", 230.5),
        new("siemens-pac2200", "power-factor", "3F40 0000", 0.75),

        new("siemens-rdf302", "temperature", "0431", 21.46),
        new("siemens-rdf302", "active-setpoint", "03E8", 20),
        new("siemens-rdf302", "heating-output", "0064", 100),
        new("siemens-rdf302", "comfort-setpoint", "03B6", 19),

        new("sm100-thermometer", "temperature", "0131", 30.5),
        new("sm100-thermometer", "temperature", "FFF6", -1),

        new("socomec-countis-e", "active-power", "0000 04D2", 12_340),
        new("socomec-countis-e", "active-power", "FFFF FFFB", -50),
        new("socomec-countis-e", "energy-import", "0001 E240", 1234.56),
        new("socomec-countis-e", "voltage-l1", "0000 59E4", 230.12),
        new("socomec-countis-e", "current-l2", "0000 1482", 5.25),

        new("socomec-diris-a10", "active-power", "0000 04D2", 12_340),
        new("socomec-diris-a10", "frequency", "0000 1389", 50.01),
        new("socomec-diris-a10", "energy-import", "0001 81CD", 98_765),

        new("socomec-diris-b30", "active-power", "FFFF FB2E", -1234),
        new("socomec-diris-b30", "energy-import", "0001 81CD", 98_765),
        new("socomec-diris-b30", "energy-export", "0000 000C", 12),
        new("socomec-diris-b30", "current-l1", "0000 05DC", 1.5),

        new("vaisala-gmp252", "co2", "032C", 812),

        new("waveshare-analog-output-8", "output-2", "1388", 50),
        new("waveshare-analog-output-8", "output-2", "2710", 100),

        new("waveshare-relay-8", "channel-8", "0001", 1),

        new("waveshare-relay-16", "channel-16", "0001", 1),
        new("waveshare-relay-16", "channel-1", "0000", 0),
    ];

    public static TheoryData<string, string, string, double> All => Vector.Table(Lines);
}
