using System.CommandLine;
using System.Globalization;
using Registry.Actors.Journal;
using Registry.Actors.Restoring;
using Registry.Cli.Commands;
using Registry.Core.Law;
using Registry.Log;
using Registry.Log.Copies;
using Registry.Log.Files;
using Registry.Log.Notes;
using Registry.Log.Tree;

namespace Registry.Cli.PublicLog;

/// <summary><c>registry log restore</c>: appends committed entries again that a journal has lost, from a static copy of the log.</summary>
internal static class LogRestoreCommand
{
    private const int EntriesBetweenWords = 10_000;

    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("restore", "After a loss of committed entries: append them again from a static copy, until the log is whole. Stop the registry and its signer before.");
        var directory = new Argument<string>("DIRECTORY") { Description = "The copy, as 'registry log export' made it" };
        var state = new Option<string>("--state") { Description = "The file in which the signer remembers what it signed last", Required = true };
        command.Add(directory);
        command.Add(state);
        var trust = new TrustOption(command);
        var regime = RegimeOption.Of(around, command);
        var journal = new JournalOption(around, command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (policy, law) = (trust.Read(parsed), RegimeOption.Read(parsed, regime));
            var copy = new LogCopy(parsed.GetRequiredValue(directory));
            return await Told(async () =>
            {
                // Held to the end: a signer that runs would be the sign of a registry that does.
                var path = parsed.GetRequiredValue(state);
                if (!File.Exists(path))
                    throw new CommandFault($"There is no state of the signer at {path}. Where it was lost too, put the newest checkpoint there that anybody has.");
                using var held = DurableFile.Lock(path + ".lock");
                var last = SignedCheckpoint.Parse(DurableFile.Read(path, SignedNote.MostBytes));
                return await journal.UseOrMake(parsed, open => Restore(open, new LostEntries(copy, policy, around.Clock), copy, last, law, around, cancellation));
            });
        });
        return command;
    }

    private static async Task<int> Restore(
        IJournal journal, LostEntries lost, LogCopy copy, SignedCheckpoint last, Regime law, Surroundings around, CancellationToken cancellation)
    {
        var before = await journal.Frontier();
        var end = await lost.Prove(before, last, cancellation);
        var restorer = await EntryRestorer.Begin(journal, law);
        var done = 0L;
        await foreach (var entry in lost.After(before.Size, end, cancellation))
        {
            await restorer.Add(entry.ToArray(), copy.Object);
            if (++done % EntriesBetweenWords == 0)
                await around.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{done} of {end.Size - before.Size} entries."));
        }

        var after = await journal.Frontier();
        if ((after.Size, after.Root) != (end.Size, end.Root))
            throw new CommandFault($"The journal has {after.Size} entries with the root {after.Root} now, and not what was signed: somebody wrote to it meanwhile.");
        await around.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{end.Origin}: {end.Size} entries, {done} of them appended again. Root {end.Root}, as it was signed."));
        return ExitCodes.Done;
    }

    private static async Task<int> Told(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (fault is NotProvenException or NotRestoredException or FormatException or TileMissingException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFault(PlainText.Of(fault.Message));
        }
    }
}
