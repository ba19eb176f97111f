namespace EnergyPilot.Tests.Core.Devices;

/// <summary>What groups of French meters mean, as they stand between LF and CR, checksum included. Numbers and form of those that LibTeleinfo and public logs show; the checksums are computed by the rule of Enedis-NOI-CPT_54E, and agree with the logs where the numbers do.</summary>
internal static class TicVectors
{
    public static readonly Vector[] Lines =
    [
        new("linky-historique-base", "energy", "BASE 007970950 0", 7970.95),
        new("linky-historique-base", "apparent-power", "PAPP 00860 /", 860),
        new("linky-historique-base", "current", "IINST 004 [", 4),
        new("linky-historique-base", "current-subscribed", "ISOUSC 30 9", 30),

        new("linky-historique-hc", "energy-off-peak", "HCHC 013149843 '", 13149.843),
        new("linky-historique-hc", "energy-peak", "HCHP 009850211 -", 9850.211),
        new("linky-historique-hc", "apparent-power", "PAPP 00450 *", 450),

        new("linky-historique-tempo", "energy-blue-off-peak", "BBRHCJB 000123456 2", 123.456),
        new("linky-historique-tempo", "energy-blue-peak", "BBRHPJB 000222333 9", 222.333),
        new("linky-historique-tempo", "energy-white-off-peak", "BBRHCJW 000000500 7", 0.5),
        new("linky-historique-tempo", "energy-white-peak", "BBRHPJW 000001500 E", 1.5),
        new("linky-historique-tempo", "energy-red-off-peak", "BBRHCJR 000000000 -", 0),
        new("linky-historique-tempo", "energy-red-peak", "BBRHPJR 000000042 @", 0.042),

        new("linky-standard", "energy", "EAST\t006231973\t.", 6231.973),
        new("linky-standard", "energy-tariff-1", "EASF01\t022235340\t7", 22235.34),
        new("linky-standard", "energy-tariff-10", "EASF10\t000000000\t\"", 0),
        new("linky-standard", "apparent-power", "SINSTS\t01163\tQ", 1163),
        new("linky-standard", "apparent-power-maximum", "SMAXSN\tE200426132229\t06100\t2", 6100),
        new("linky-standard", "apparent-power-subscribed", "PREF\t12\tB", 12_000),
        new("linky-standard", "power-half-hour", "CCASN\tH240107173000\t03594\tI", 3594),
        new("linky-standard", "current", "IRMS1\t017\t6", 17),
        new("linky-standard", "voltage", "URMS1\t227\tE", 227),

        new("linky-standard-three-phase", "energy", "EAST\t050019226\t(", 50019.226),
        new("linky-standard-three-phase", "apparent-power-l2", "SINSTS2\t00310\t<", 310),
        new("linky-standard-three-phase", "current-l3", "IRMS3\t002\t2", 2),
        new("linky-standard-three-phase", "voltage-l1", "URMS1\t235\tD", 235),
    ];

    public static TheoryData<string, string, string, double> All => Vector.Table(Lines);
}
