using System.CommandLine;
using Registry.Actors.Journal;
using Registry.Storage.Sqlite;

namespace Registry.Cli;

/// <summary>The option that says where the journal is, and the journal opened.</summary>
/// <remarks>
/// A registry may run over the same journal: SQLite lets many processes read beside the one that writes, and lets writers wait for each
/// other.
/// </remarks>
internal sealed class JournalOption
{
    private const string DirectoryVariable = "Registry__DataDirectory";

    private readonly Surroundings _around;
    private readonly Option<string> _data;

    /// <param name="around">What the environment says of the directory.</param>
    /// <param name="command">Gets the option.</param>
    public JournalOption(Surroundings around, Command command)
    {
        _around = around;
        _data = new Option<string>("--data")
        {
            Description = "The data directory of the registry",
            HelpName = "directory",
            DefaultValueFactory = _ => around.Variable(DirectoryVariable) is { Length: > 0 } directory ? directory : ".data",
        };
        command.Add(_data);
    }

    /// <summary>Where the journal is.</summary>
    public string Read(ParseResult parsed) => Path.GetFullPath(parsed.GetRequiredValue(_data));

    /// <summary>Opens the journal, works on it, and closes it.</summary>
    /// <exception cref="CommandFault">There is no journal, or it cannot be read or written.</exception>
    public async Task<T> Use<T>(ParseResult parsed, Func<SqliteJournal, Task<T>> work)
    {
        var directory = Read(parsed);
        // To open a journal makes one, which would hide that the directory is the wrong one.
        if (!File.Exists(Path.Combine(directory, SqliteJournal.FileName)))
            throw new CommandFault($"There is no journal in {directory}. A registry makes one at its first start; --data says where it is.");
        try
        {
            await using var journal = await Open(directory);
            return await work(journal);
        }
        catch (JournalUnavailableException fault)
        {
            throw new CommandFault(fault.InnerException is { } cause ? $"{fault.Message} {cause.Message}" : fault.Message);
        }
    }

    private async Task<SqliteJournal> Open(string directory)
    {
        try
        {
            return await SqliteJournal.Open(directory, _around.Clock);
        }
        catch (InvalidOperationException newer)
        {
            throw new CommandFault(newer.Message);
        }
    }
}
