using System.Collections.Immutable;
using Spectre.Console;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>A table for a terminal, or for a file: there its columns are aligned with spaces and nothing else.</summary>
/// <param name="Columns">Their names; one that starts with '>' is aligned to the right.</param>
internal sealed record Sheet(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows)
{
    private const string Gap = "  ";

    /// <summary>Whether a person looks at it.</summary>
    public static bool OnTerminal => !Console.IsOutputRedirected;

    public void Print()
    {
        if (OnTerminal)
            AnsiConsole.Write(Drawn((_, _) => ""));
        else
            Console.Out.Write(Plain());
    }

    /// <summary>Drawn for a terminal.</summary>
    /// <param name="style">The style of a cell by row and column, for example "bold"; empty for none.</param>
    public Table Drawn(Func<int, int, string> style)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in Columns)
            table.AddColumn(new TableColumn(Markup.Escape(Name(column))) { Alignment = IsRight(column) ? Justify.Right : Justify.Left });
        for (var r = 0; r < Rows.Length; r++)
        {
            var row = r;
            table.AddRow(Rows[row].Select((cell, c) => new Markup(style(row, c) is { Length: > 0 } look ? $"[{look}]{Markup.Escape(cell)}[/]" : Markup.Escape(cell))));
        }

        return table;
    }

    public string Plain()
    {
        int[] widths = [.. Columns.Select((column, c) => Rows.Select(row => row[c].Length).Append(Name(column).Length).Max())];
        return string.Concat(Rows.Prepend([.. Columns.Select(Name)]).Select(row =>
            string.Join(Gap, row.Select((cell, c) => IsRight(Columns[c]) ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd() + Environment.NewLine));
    }

    private static bool IsRight(string column) => column.StartsWith('>');

    private static string Name(string column) => column.TrimStart('>');
}
