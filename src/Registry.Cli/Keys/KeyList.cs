using System.CommandLine;
using System.Globalization;
using Registry.Cli.Commands;
using Spectre.Console;

namespace Registry.Cli.Keys;

/// <summary><c>registry key list</c></summary>
internal static class KeyList
{
    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("list", "List every key that was issued, newest first; not the keys themselves, which nobody has stored.");
        var journal = new JournalOption(around, command);
        command.SetAction(async (parsed, _) =>
        {
            var table = new Table().AddColumns("name", "role", "party", "issued", "revoked");
            foreach (var key in await journal.UseKeys(parsed, (_, keys) => keys.All()))
            {
                table.AddRow(
                    new Text(key.Caller.Name),
                    new Text(key.Caller.Role.ToString().ToLowerInvariant()),
                    new Text(key.Caller.Party ?? ""),
                    new Text(Instant(key.IssuedAt)),
                    new Text(Instant(key.RevokedAt)));
            }

            around.WriteTable(table);
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Instant(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
