using System.CommandLine;
using System.Globalization;
using Registry.Actors.Journal;
using Registry.Cli.Commands;
using Spectre.Console;

namespace Registry.Cli.Audit;

/// <summary><c>registry verify</c>: proves that a journal agrees with itself, also beside a running registry.</summary>
internal static class Verify
{
    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("verify", "Walk the journal's chain, and compare what is stored with what the entries add up to.");
        var journal = new JournalOption(around, command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = await journal.Use(parsed, open => Run(open, cancellation));
            around.WriteTable(TableOf(report, journal.Read(parsed)));
            foreach (var fault in report.Faults)
                await around.Output.WriteLineAsync(PlainText.Of(fault));
            await around.Output.WriteLineAsync(report.Faults.Count == 0
                ? "No faults."
                : string.Create(CultureInfo.InvariantCulture, $"Faults: {report.Faults.Count}."));
            return report.Faults.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<VerificationReport> Run(IJournal journal, CancellationToken cancellation)
    {
        try
        {
            return await Verification.Run(journal, cancellation);
        }
        catch (FormatException fault)
        {
            // What stands beside the entries cannot be read at all; the verification has nothing to compare.
            throw new CommandFault($"The journal is damaged beyond comparing: {fault.Message}");
        }
    }

    private static Table TableOf(VerificationReport report, string directory)
    {
        var table = new Table().HideHeaders().AddColumns("", "");
        Add("journal", directory);
        Add("entries", report.Entries.ToString(CultureInfo.InvariantCulture));
        Add("objects", report.Objects.ToString(CultureInfo.InvariantCulture));
        Add("claims", report.Claims.ToString(CultureInfo.InvariantCulture));
        Add("head", Convert.ToHexStringLower(report.Head));
        return table;

        void Add(string name, string value) => table.AddRow(new Text(name), new Text(value));
    }
}
