using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Cli.Commands;
using Registry.Log;
using Registry.Log.Copies;
using Registry.Log.Tree;

namespace Registry.Cli.PublicLog;

/// <summary><c>registry log export</c>: keeps a static copy of a log.</summary>
internal static class LogExportCommand
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("export", "Copy a log into a directory that any web server can serve, or bring that copy up to date. Verifies every entry.");
        var directory = new Argument<string>("DIRECTORY") { Description = "The copy; it need not be there" };
        var url = new Argument<string>("URL") { Description = "Where the log is: https://registry.example/log" };
        command.Add(directory);
        command.Add(url);
        var trust = new TrustOption(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var policy = trust.Read(parsed);
            if (!Uri.TryCreate(parsed.GetRequiredValue(url), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                throw new CommandFault("The URL begins with http:// or https://.", ExitCodes.Usage);
            using var http = HttpLog.CreateHttp(AnswerWithin);
            var export = new LogExport(new HttpLog(address, http), new LogCopy(parsed.GetRequiredValue(directory)), policy, around.Clock, ObjectsOf);
            var report = await Run(export, cancellation);
            await around.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{report.Checkpoint.Origin}: {report.Checkpoint.Size} entries, {report.Checkpoint.Size - report.Before} of them new. Root {report.Checkpoint.Root}"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static IEnumerable<string> ObjectsOf(ReadOnlyMemory<byte> entry)
    {
        try
        {
            return EntryReference.In(entry.Span).Where(reference => !reference.IsSealed).Select(reference => reference.Hash);
        }
        catch (JsonException)
        {
            return []; // another program's log, whose entries are no JSON and name no objects
        }
    }

    private static async Task<ExportReport> Run(LogExport export, CancellationToken cancellation)
    {
        try
        {
            return await export.Run(cancellation: cancellation);
        }
        catch (Exception fault) when (
            fault is NotProvenException or FormatException or TileMissingException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFault(PlainText.Of(fault.Message));
        }
    }
}
