using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>The few ways in which the books speak SQL. All times are kept as milliseconds since 1970 (UTC).</summary>
internal static class Sql
{
    extension(SqliteConnection connection)
    {
        public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> arguments)
        {
            using var command = connection.Prepare(sql, arguments);
            return command.ExecuteNonQuery();
        }

        public ImmutableArray<T> Query<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> arguments)
        {
            using var command = connection.Prepare(sql, arguments);
            using var reader = command.ExecuteReader();
            var rows = ImmutableArray.CreateBuilder<T>();
            while (reader.Read()) rows.Add(row(reader));
            return rows.DrainToImmutable();
        }

        /// <summary>The first column of the first row as a number; 0 when there is none.</summary>
        public long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> arguments)
        {
            using var command = connection.Prepare(sql, arguments);
            return command.ExecuteScalar() is long number ? number : 0;
        }

        private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> arguments)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in arguments) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            return command;
        }
    }

    extension(SqliteDataReader reader)
    {
        public DateTimeOffset Time(int column) => FromMilliseconds(reader.GetInt64(column));

        /// <summary>A number; what was stored as nothing is not a number.</summary>
        public double Value(int column) => reader.IsDBNull(column) ? double.NaN : reader.GetDouble(column);
    }

    public static long Milliseconds(this DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    /// <summary>What SQLite keeps for a number: it has no NaN, so that one becomes nothing.</summary>
    public static object? Stored(this double value) => double.IsNaN(value) ? null : value;

    /// <summary>A stored instant. A flipped bit may make it any number, which must not stop the reader.</summary>
    public static DateTimeOffset FromMilliseconds(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(
        Math.Clamp(milliseconds, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
