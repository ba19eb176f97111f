using System.Text;

namespace EnergyPilot.Tests.Io.Tic;

/// <summary>
/// Frames that people have published from their meters, character by character. Numbers of meters are as published.
/// </summary>
internal static class TicSamples
{
    /// <summary>Single-phase, peak and off-peak hours: a comment in a Ruby program that stores meter readings.</summary>
    public const string HistoricHours =
        "\x02\nADCO 811775412275 I\r\nOPTARIF HC.. <\r\nISOUSC 45 ?\r\nHCHC 004070290 \\\r\nHCHP 006438891 :\r\nPTEC HP..  \r" +
        "\nIINST 004 [\r\nIMAX 090 H\r\nPAPP 01090 +\r\nHHPHC A ,\r\nMOTDETAT 000000 B\r\x03";

    /// <summary>Base tariff: the README of a radio board's example (RIOT, Hallard's PitInfo).</summary>
    public const string HistoricBase =
        "\x02\nMOTDETAT 000000 B\r\nADCO 031028256512 :\r\nOPTARIF BASE 0\r\nISOUSC 30 9\r\nBASE 014036028 #\r\nPTEC TH.. $\r" +
        "\nIINST 010 X\r\nIMAX 037 I\r\nPAPP 02340 *\r\x03";

    /// <summary>Tempo, from its third group on: the test of the Ruby gem teleinfo.</summary>
    public const string HistoricTempo =
        "\x02\nISOUSC 90 ?\r\nBBRHCJB 044659149 G\r\nBBRHPJB 106861212 E\r\nBBRHCJW 009486954 _\r\nBBRHPJW 017712424 [\r" +
        "\nBBRHCJR 005468651 P\r\nBBRHPJR 009396630 ^\r\nPTEC HPJB P\r\nDEMAIN ---- \"\r\nIINST 022 [\r\nIMAX 041 D\r\nPAPP 05240 ,\r" +
        "\nHHPHC Y D\r\nMOTDETAT 000000 B\r\x03";

    /// <summary>Three-phase electronic meter before Linky: the example in a sketch for the emonTx.</summary>
    public const string HistoricThreePhase =
        "\x02\nADCO 041130079749 D\r\nOPTARIF HC.. <\r\nISOUSC 20 8\r\nHCHC 008784338 /\r\nHCHP 014186978 ?\r\nPTEC HP..  \r" +
        "\nIINST1 001 I\r\nIINST2 003 L\r\nIINST3 004 N\r\nIMAX1 021 3\r\nIMAX2 031 5\r\nIMAX3 030 5\r\nPMAX 12780 8\r" +
        "\nPAPP 01880 2\r\nHHPHC A ,\r\nMOTDETAT 000000 B\r\nPPOT 00 #\r\x03";

    /// <summary>
    /// Linky, Tempo, of 7 January 2024: a dump with control characters in brackets, in a script that makes test data of it.
    /// Its owner has hidden the number in ADSC, so that group's checksum is wrong.
    /// </summary>
    public const string Standard =
        "\x02\nADSC\tXXXXXXXXXXXX\t?\r\nVTIC\t02\tJ\r\nDATE\tH240107175810\t\tE\r\nNGTF\t     TEMPO      \tF\r" +
        "\nLTARF\t    HP  BLEU    \t+\r\nEAST\t050019226\t(\r\nEASF01\t022235340\t7\r\nEASF02\t026587270\tH\r" +
        "\nEASF03\t000425696\tD\r\nEASF04\t000494614\tA\r\nEASF05\t000115045\t6\r\nEASF06\t000161261\t8\r" +
        "\nEASF07\t000000000\t(\r\nEASF08\t000000000\t)\r\nEASF09\t000000000\t*\r\nEASF10\t000000000\t\"\r" +
        "\nEASD01\t020976738\tJ\r\nEASD02\t025033735\t=\r\nEASD03\t001799343\tF\r\nEASD04\t002209410\t5\r" +
        "\nIRMS1\t017\t6\r\nURMS1\t227\tE\r\nPREF\t12\tB\r\nPCOUP\t12\t\\\r\nSINSTS\t03900\tR\r" +
        "\nSMAXSN\tH240107024723\t08611\t=\r\nSMAXSN-1\tH240106033725\t09941\t#\r" +
        "\nCCASN\tH240107173000\t03594\tI\r\nCCASN-1\tH240107170000\t03668\t&\r\nUMOY1\tH240107175000\t225\t2\r" +
        "\nSTGE\t013AC401\tR\r\nDPM2\t 240108060000\t00\t#\r\nFPM2\t 240109060000\t00\t&\r" +
        "\nMSG1\tPAS DE          MESSAGE         \t<\r\nPRM\t09312300926695\t8\r\nRELAIS\t000\tB\r\nNTARF\t02\tO\r" +
        "\nNJOURF\t00\t&\r\nNJOURF+1\t00\tB\r" +
        "\nPJOURF+1\t00004001 06004002 22004001 NONUTILE NONUTILE NONUTILE NONUTILE NONUTILE NONUTILE NONUTILE NONUTILE\t.\r" +
        "\nPPOINTE\t00004005 06004006 22004005 NONUTILE NONUTILE NONUTILE NONUTILE NONUTILE NONUTILE NONUTILE NONUTILE\t'\r\x03";

    /// <summary>Summer groups of a Linky: the README of a Tasmota build for teleinfo, April 2022.</summary>
    public const string StandardSummer =
        "\x02\nSMAXSN-1\tE220422144756\t05210\tW\r\nCCASN\tE220423110000\t01468\t:\r\nCCASN-1\tE220423100000\t01444\tQ\r" +
        "\nUMOY1\tE220423114000\t235\t(\r\nSTGE\t003A0001\t:\r\nMSG1\tPAS DE          MESSAGE         \t<\r\x03";

    public static byte[] Bytes(string frame) => Encoding.Latin1.GetBytes(frame);
}
