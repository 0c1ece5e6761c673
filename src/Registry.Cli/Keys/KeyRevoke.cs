using System.CommandLine;
using System.Globalization;
using Registry.Actors.Journal;
using Registry.Cli.Commands;

namespace Registry.Cli.Keys;

/// <summary><c>registry key revoke</c></summary>
internal static class KeyRevoke
{
    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("revoke", "End the key of a name.");
        var name = new Argument<string>("name") { Description = "The name under which it was issued" };
        command.Add(name);
        var journal = new JournalOption(around, command);
        command.SetAction(async (parsed, _) =>
        {
            var named = parsed.GetRequiredValue(name);
            if (!await journal.UseKeys(parsed, (_, keys) => keys.Revoke(named, around.Clock.GetUtcNow())))
                throw new CommandFault($"No key named '{PlainText.Of(named)}' is in force.");
            await around.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"The key of {named} is revoked. A running registry notices within {IKeyring.BelievedFor.TotalSeconds} seconds."));
            return ExitCodes.Done;
        });
        return command;
    }
}
