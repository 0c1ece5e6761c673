using System.CommandLine;
using Registry.Cli.Commands;
using Registry.Log.Files;
using Registry.Log.Notes;
using Registry.Log.Signing;

namespace Registry.Cli.PublicLog;

/// <summary><c>registry log close</c>: ends a log whose entries are lost for good, in public, and begins the one that takes its place.</summary>
internal static class LogCloseCommand
{
    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("close", "Where lost entries cannot be had any more: end the log, and begin a new one over what the journal has. Stop the registry and its signer before.");
        var file = new Argument<string>("FILE") { Description = "The note that says so, signed by both keys; publish it beside the last checkpoint" };
        var key = new Option<string>("--key") { Description = "The file of the old log's private key", Required = true };
        var state = new Option<string>("--state") { Description = "The file in which its signer remembers what it signed last; it is put out of use", Required = true };
        var newKey = new Option<string>("--new-key") { Description = "The file of the new log's private key, as 'registry log key' made it under another name", Required = true };
        command.Add(file);
        command.Add(key);
        command.Add(state);
        command.Add(newKey);
        var journal = new JournalOption(around, command);
        command.SetAction(async (parsed, _) =>
        {
            try
            {
                var (old, fresh) = (KeyIn(parsed.GetRequiredValue(key)), KeyIn(parsed.GetRequiredValue(newKey)));
                if (old.Verifier.Name == fresh.Verifier.Name)
                    throw new CommandFault($"The new log needs another name than {old.Verifier.Name}, which is closed for ever.", ExitCodes.Usage);
                var tree = await journal.Use(parsed, open => open.Frontier());
                var closed = LogClosing.Close(parsed.GetRequiredValue(state), old, fresh, tree, parsed.GetRequiredValue(file));
                await around.Output.WriteAsync(closed.Text);
                await around.Error.WriteLineAsync($"Publish {parsed.GetRequiredValue(file)} beside the last checkpoint of the old log. Let a signer with the new key and its own state begin.");
                return ExitCodes.Done;
            }
            catch (Exception fault) when (fault is SigningRefusedException or FormatException or IOException or UnauthorizedAccessException)
            {
                throw new CommandFault(PlainText.Of(fault.Message));
            }
        });
        return command;
    }

    private static SigningKey KeyIn(string path) => SigningKey.Parse(System.Text.Encoding.UTF8.GetString(DurableFile.Read(path, SignedNote.MostBytes)));
}
