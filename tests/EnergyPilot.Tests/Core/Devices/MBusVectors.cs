namespace EnergyPilot.Tests.Core.Devices;

/// <summary>What frames of known meters mean: the name of a frame in tests/EnergyPilot.Tests/Io/MBus/Frames, or the frame itself in hexadecimal bytes. The values are those that the decoded answers beside the frames give, in canonical units; floats to their last bit.</summary>
internal static class MBusVectors
{
    // No real frame of this model is here: built by hand after EN 13757-3, with the records and numbers that libmbus shows for one.
    private const string Multical =
        "68 3F 3F 68 08 01 72 17 58 85 06 2D 2C 08 04 04 00 00 00 04 06 E7 91 00 00 04 14 2C DB 00 00 02 59 B9 27 02 5D 08 12 02 61 B1 15 04 2D 5B 01 00 00 14 "
        + "2D C0 01 00 00 04 3B 1F 02 00 00 44 06 51 82 00 00 68 16";

    public static readonly Vector[] Lines =
    [
        new("elster-f2", "energy", "Elster-F2", 5272),
        new("elster-f2", "volume", "Elster-F2", 1204.27),
        new("elster-f2", "volume-input-1", "Elster-F2", 917.69),
        new("elster-f2", "supply-temperature", "Elster-F2", 28),
        new("elster-f2", "return-temperature", "Elster-F2", 34),
        new("elster-f2", "power", "Elster-F2", 0),

        new("elster-falcon", "volume", "els_falcon", 1234.567),
        new("elster-falcon", "flow", "els_falcon", 6.137),
        new("elster-falcon", "flow-maximum", "els_falcon", 5.945),
        new("elster-falcon", "volume-due-date", "els_falcon", 456.951),

        new("elvaco-cma10", "temperature", "ELV-Elvaco-CMa10", 20.94),
        new("elvaco-cma10", "temperature", "elv_temp_humid", 22.56),

        new("engelmann-sensostar-2c", "energy", "engelmann_sensostar2c", 800),
        new("engelmann-sensostar-2c", "volume", "engelmann_sensostar2c", 12.9),
        new("engelmann-sensostar-2c", "supply-temperature", "engelmann_sensostar2c", 95),
        new("engelmann-sensostar-2c", "return-temperature", "engelmann_sensostar2c", 43),
        new("engelmann-sensostar-2c", "temperature-difference", "engelmann_sensostar2c", 52.58),
        new("engelmann-sensostar-2c", "energy-year-end", "engelmann_sensostar2c", 800),

        new("itron-cf-55", "energy", "allmess_cf50", 0),
        new("itron-cf-55", "volume", "allmess_cf50", 0.3),
        new("itron-cf-55", "supply-temperature", "allmess_cf50", 128.8),
        new("itron-cf-55", "return-temperature", "allmess_cf50", 51.6),
        new("itron-cf-55", "temperature-difference", "allmess_cf50", 77.23),

        new("itron-cf-55", "energy", "itron_cf_55", 0),
        new("itron-cf-55", "supply-temperature", "itron_cf_55", double.NaN),
        new("itron-cf-55", "power", "itron_cf_55", double.NaN),

        new("itron-cyble-water", "volume", "itron_cyble_m-bus_v1.4_cold_water", 453.5),
        new("itron-cyble-water", "volume-due-date", "itron_cyble_m-bus_v1.4_cold_water", 453.5),

        new("itron-cyble-water", "volume", "itron_cyble_m-bus_v1.4_water", 123.49),
        new("itron-cyble-water", "volume-due-date", "itron_cyble_m-bus_v1.4_water", 0),

        new("kamstrup-multical-601", "energy", Multical, 37_351),
        new("kamstrup-multical-601", "volume", Multical, 561.08),
        new("kamstrup-multical-601", "supply-temperature", Multical, 101.69),
        new("kamstrup-multical-601", "return-temperature", Multical, 46.16),
        new("kamstrup-multical-601", "temperature-difference", Multical, 55.53),
        new("kamstrup-multical-601", "power", Multical, 34_700),
        new("kamstrup-multical-601", "power-maximum", Multical, 44_800),
        new("kamstrup-multical-601", "flow", Multical, 0.543),
        new("kamstrup-multical-601", "energy-due-date", Multical, 33_361),

        new("landis-gyr-ultraheat-t230", "energy", "landis+gyr_ultraheat_t230", 0),
        new("landis-gyr-ultraheat-t230", "supply-temperature", "landis+gyr_ultraheat_t230", 19.5),
        new("landis-gyr-ultraheat-t230", "return-temperature", "landis+gyr_ultraheat_t230", 19.7),
        new("landis-gyr-ultraheat-t230", "temperature-difference", "landis+gyr_ultraheat_t230", -0.2),
        new("landis-gyr-ultraheat-t230", "supply-temperature-maximum", "landis+gyr_ultraheat_t230", 30.7),

        new("minol-minocal-c2", "energy", "minol_minocal_c2", 3),
        new("minol-minocal-c2", "volume", "minol_minocal_c2", 0.073),
        new("minol-minocal-c2", "supply-temperature", "minol_minocal_c2", 20.09),
        new("minol-minocal-c2", "return-temperature", "minol_minocal_c2", 19.27),
        new("minol-minocal-c2", "flow-maximum", "minol_minocal_c2", 0.043),

        new("relay-padpuls-m2", "volume", "REL-Relay-Padpuls2", 28760.81),
        new("relay-padpuls-m2", "volume-due-date", "REL-Relay-Padpuls2", 25973.82),

        new("sensus-pollustat", "energy", "SEN_Pollustat", 39_831),
        new("sensus-pollustat", "volume", "SEN_Pollustat", 6162.878),
        new("sensus-pollustat", "power", "SEN_Pollustat", -170.72178423404694),
        new("sensus-pollustat", "flow", "SEN_Pollustat", 3.23003888130188),
        new("sensus-pollustat", "supply-temperature", "SEN_Pollustat", 31.147323608398438),
        new("sensus-pollustat", "return-temperature", "SEN_Pollustat", 31.193099975585938),
        new("sensus-pollustat", "temperature-difference", "SEN_Pollustat", -0.0457763671875),
    ];

    public static TheoryData<string, string, string, double> All => Vector.Table(Lines);
}
