using System.Globalization;
using Spectre.Console;

namespace Registry.Benchmarks;

/// <summary>A table of one part's figures.</summary>
internal sealed class Figures
{
    private readonly Table _table = new Table().Border(TableBorder.Ascii2);

    public Figures(string title, params string[] columns)
    {
        _table.Title(title);
        foreach (var column in columns)
            _table.AddColumn(column);
    }

    /// <summary>A number for people: thousands apart, as many decimals as help.</summary>
    public static string Number(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>Adds a row.</summary>
    public Figures Row(params string[] cells)
    {
        _table.AddRow(cells.Select(Markup.Escape).ToArray());
        return this;
    }

    /// <summary>Adds a row of a load's result.</summary>
    public Figures Load(string what, WrkResult result, string note = "") => Row(
        what, Number(result.RequestsPerSecond), Number(result.P50.TotalMicroseconds), Number(result.P99.TotalMicroseconds),
        result.Failed.ToString(CultureInfo.InvariantCulture), note);

    /// <summary>A table for results of loads.</summary>
    public static Figures OfLoads(string title) => new(title, "what", "requests/s", "p50 us", "p99 us", "failed", "");

    /// <summary>Prints it.</summary>
    public void Print()
    {
        // A file has no width of its own, and rows that are broken are hard to read and to compare.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 160;
        AnsiConsole.Write(_table);
        AnsiConsole.WriteLine();
    }

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
