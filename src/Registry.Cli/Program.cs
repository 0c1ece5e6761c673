using System.CommandLine;
using Registry.Cli.Audit;
using Registry.Cli.Commands;
using Registry.Cli.Importing;
using Registry.Cli.Keys;
using Registry.Cli.Law;
using Registry.Cli.PublicLog;

namespace Registry.Cli;

/// <summary>The command line of a registry. This is its table of contents; each command has a file of its own.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => CommandLine.Run(Commands(Surroundings.OfThisProcess), arguments);

    /// <summary>Every command.</summary>
    public static RootCommand Commands(Surroundings around) => new("Imports into a registry of mineral titles, and looks after it.")
    {
        new Command("import", "Register the objects of a file in a running registry. Safe to run twice.")
        {
            ImportDeposits.Command(around),
            ImportLicenseBlocks.Command(around),
        },
        Verify.Command(around),
        new Command("key", "Issue, revoke and list the API keys of a registry.")
        {
            KeyIssue.Command(around),
            KeyRevoke.Command(around),
            KeyList.Command(around),
        },
        new Command("law", "The law in force in a registry: show it, and put this release's in force.")
        {
            LawCommands.Show(around),
            LawCommands.Adopt(around),
        },
        new Command("log", "The public log: make its keys, copy it, and restore it from a copy.")
        {
            LogKey.Command(around),
            LogExportCommand.Command(around),
            LogRestoreCommand.Command(around),
            LogCloseCommand.Command(around),
        },
        new Command("receipt", "Receipts of the public log.")
        {
            ReceiptVerify.Command(around),
        },
        WitnessServer.Command(around),
    };
}
