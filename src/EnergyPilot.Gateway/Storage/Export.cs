using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using EnergyPilot.Core.Points;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>The form of an export: comma-separated values, or one JSON object per line.</summary>
internal enum ExportFormat { Csv, Jsonl }

/// <summary>Writes the history of points as text, day by day, so that years need no memory. Times are UTC, numbers invariant; what is not known is empty.</summary>
internal sealed class Export(SqliteConnection connection, ExportFormat format, TextWriter to)
{
    private readonly Dictionary<long, ClockQuality> clocks = connection.Query("SELECT id, clock FROM segment", row => (row.GetInt64(0), (ClockQuality)row.GetInt32(1))).ToDictionary();

    /// <summary>The points of this name; an asterisk stands for any text ("room-*.temperature").</summary>
    public static ImmutableArray<(long Id, string Name)> Points(SqliteConnection connection, string pattern) => connection.Query(
        "SELECT id, name FROM point WHERE name GLOB @pattern ORDER BY name", row => (row.GetInt64(0), row.GetString(1)),
        ("@pattern", pattern.Replace("[", "[[]", StringComparison.Ordinal).Replace("?", "[?]", StringComparison.Ordinal)));

    public void Begin(Resolution resolution)
    {
        if (format == ExportFormat.Csv) to.Write(resolution == Resolution.Raw ? "time,point,value,quality,clock\n" : "time,point,mean,low,high,first,last,rise,seconds\n");
    }

    /// <summary>One point from <paramref name="from"/> (included) to <paramref name="until"/> (not included); returns the rows written.</summary>
    public long Write((long Id, string Name) point, Resolution resolution, DateTimeOffset from, DateTimeOffset until)
    {
        var rows = 0L;
        var step = resolution == Resolution.Raw ? Bucket.Day : 32 * Bucket.Day;
        for (var start = from.Milliseconds(); start < until.Milliseconds(); start = Bucket.Start(start, step) + step)
        {
            var end = Math.Min(Bucket.Start(start, step) + step, until.Milliseconds());
            if (resolution == Resolution.Raw) foreach (var sample in RawSamples.Read(connection, point.Id, start, end)) rows += Row(point.Name, sample);
            else foreach (var (at, state) in RollUps.Read(connection, point.Id, resolution, start, end)) rows += Row(point.Name, resolution, at, state);
        }

        return rows;
    }

    private int Row(string point, PackedSample sample)
    {
        var (at, quality, clock) = (Time(sample.At), (Reliability)sample.Quality, clocks.GetValueOrDefault(sample.Segment));
        to.Write(format == ExportFormat.Csv
            ? $"{at},{Quoted(point)},{Number(sample.Value, "")},{quality},{clock}\n"
            : $$"""{"time":"{{at}}","point":{{Json(point)}},"value":{{Number(sample.Value, "null")}},"quality":"{{quality}}","clock":"{{clock}}"}""" + "\n");
        return 1;
    }

    private int Row(string point, Resolution resolution, long start, RollUp state)
    {
        var (at, mean) = (Time(start), state.MeanUntil(Math.Min(start + Bucket.Length(resolution), state.Ends + RollUp.LongestHold)));
        string Of(double value) => Number(value, format == ExportFormat.Csv ? "" : "null");
        to.Write(format == ExportFormat.Csv
            ? $"{at},{Quoted(point)},{Of(mean)},{Of(state.Min)},{Of(state.Max)},{Of(state.First)},{Of(state.Last)},{Of(state.Rise)},{Of(state.Seconds)}\n"
            : $$"""{"time":"{{at}}","point":{{Json(point)}},"mean":{{Of(mean)}},"low":{{Of(state.Min)}},"high":{{Of(state.Max)}},"first":{{Of(state.First)}},"last":{{Of(state.Last)}},"rise":{{Of(state.Rise)}},"seconds":{{Of(state.Seconds)}}}""" + "\n");
        return 1;
    }

    private static string Time(long at) => Sql.FromMilliseconds(at).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Number(double value, string unknown) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : unknown;

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
