using Spectre.Console;

namespace Registry.Cli.Commands;

/// <summary>What a command has around it.</summary>
/// <param name="Output">For what was asked for, so that it can be piped.</param>
/// <param name="Error">For progress and faults.</param>
/// <param name="ErrorIsTerminal">Whether somebody watches <paramref name="Error"/>, so that a line may be drawn over.</param>
/// <param name="Variable">Reads a variable of the environment; null when it is not set.</param>
/// <param name="Clock">Instants and delays.</param>
internal sealed record Surroundings(
    TextWriter Output, TextWriter Error, bool ErrorIsTerminal, Func<string, string?> Variable, TimeProvider Clock)
{
    // Wide enough for the widest table; a file has no edge at which to break a line.
    private const int WidthOfFiles = 200;

    /// <summary>Those of this process.</summary>
    public static Surroundings OfThisProcess { get; } = new(
        Console.Out, Console.Error, !Console.IsErrorRedirected, Environment.GetEnvironmentVariable, TimeProvider.System);

    /// <summary>Writes a table: with the terminal's lines and colours where there is a terminal, plain elsewhere.</summary>
    public void WriteTable(Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Output) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = WidthOfFiles;
            table.AsciiBorder();
        }

        console.Write(table);
    }
}
