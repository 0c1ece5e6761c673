using System.CommandLine;
using System.Globalization;
using Registry.Actors.Journal;
using Registry.Cli.Commands;
using Registry.Core;
using Registry.Core.Law;
using Spectre.Console;

namespace Registry.Cli.Law;

/// <summary><c>registry law show</c> and <c>registry law adopt</c>: which law is in force, and to put this release's in force.</summary>
internal static class LawCommands
{
    private static readonly Caller s_operator = new("registry law adopt", Role.Operator);

    /// <summary>Shows the law in force beside this release's.</summary>
    public static Command Show(Surroundings around)
    {
        var command = new Command("show", "Show which edition of the law is in force in a registry, and which one this release has.");
        var regime = RegimeOption.Of(around, command);
        var journal = new JournalOption(around, command);
        command.SetAction(async (parsed, _) =>
        {
            var edition = LawEdition.Of(RegimeOption.Read(parsed, regime));
            var inForce = await journal.Use(parsed, open => new LawInForce(open, edition).Find());
            var table = new Table().AddColumns("", "regime", "edition", "adopted");
            table.AddRow(new Text("in force"), new Text(inForce?.Regime ?? ""), new Text(inForce?.Edition ?? "none"), new Text(Place(inForce)));
            table.AddRow(new Text("this release"), new Text(edition.Regime), new Text(edition.Hash), new Text(""));
            around.WriteTable(table);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Puts the law of this release in force.</summary>
    public static Command Adopt(Surroundings around)
    {
        var command = new Command("adopt", "Put the law of this release in force. Processes with another edition decide nothing from then on.");
        var regime = RegimeOption.Of(around, command);
        var journal = new JournalOption(around, command);
        command.SetAction(async (parsed, _) =>
        {
            var edition = LawEdition.Of(RegimeOption.Read(parsed, regime));
            var isNew = await journal.Use(parsed, open => new LawInForce(open, edition).Adopt(s_operator));
            await around.Output.WriteLineAsync(isNew
                ? $"In force from now on: {edition.Regime}, edition {edition.Hash}."
                : $"{edition.Regime}, edition {edition.Hash}, is in force already.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Place(AdoptedLaw? law) => law is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"entry {law.Stamp.Sequence}, {law.Stamp.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
}
