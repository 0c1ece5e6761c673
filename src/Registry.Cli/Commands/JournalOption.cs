using System.CommandLine;
using Registry.Actors.Journal;
using Registry.Storage.Postgres;
using Registry.Storage.Sqlite;

namespace Registry.Cli.Commands;

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
    private readonly Option<string?> _postgres;

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
        // A connection string has a password in it, which a command line would show to everybody on the machine.
        _postgres = new Option<string?>("--postgres")
        {
            Description = "The variable of the environment that holds the connection string of a cluster's database, in place of --data",
            HelpName = "variable",
        };
        command.Add(_data);
        command.Add(_postgres);
    }

    /// <summary>Where the journal is, for people.</summary>
    public string Read(ParseResult parsed) => parsed.GetValue(_postgres) is { } variable
        ? $"PostgreSQL, by {variable}"
        : Path.GetFullPath(parsed.GetRequiredValue(_data));

    /// <summary>Opens the journal, works on it, and closes it.</summary>
    /// <exception cref="CommandFault">There is no journal, or it cannot be read or written.</exception>
    public Task<T> Use<T>(ParseResult parsed, Func<IJournal, Task<T>> work) => With(parsed, mayMake: false, work);

    /// <summary>The same, with a journal that is made where there is none.</summary>
    /// <exception cref="CommandFault">It cannot be read or written.</exception>
    public Task<T> UseOrMake<T>(ParseResult parsed, Func<IJournal, Task<T>> work) => With(parsed, mayMake: true, work);

    /// <summary>Opens the journal with the keys that it keeps, works on them, and closes it.</summary>
    /// <exception cref="CommandFault">There is no journal, or it cannot be read or written.</exception>
    public Task<T> UseKeys<T>(ParseResult parsed, Func<IJournal, IKeyring, Task<T>> work) =>
        With(parsed, mayMake: false, journal => work(journal, journal));

    private async Task<T> With<T>(ParseResult parsed, bool mayMake, Func<IJournal, Task<T>> work)
    {
        try
        {
            await using var journal = await Open(parsed, mayMake);
            return await work(journal);
        }
        catch (JournalUnavailableException fault)
        {
            throw new CommandFault(fault.InnerException is { } cause ? $"{fault.Message} {cause.Message}" : fault.Message);
        }
    }

    private async Task<IJournal> Open(ParseResult parsed, bool mayMake)
    {
        try
        {
            return parsed.GetValue(_postgres) is { } variable ? await OpenPostgres(variable) : await OpenSqlite(Read(parsed), mayMake);
        }
        catch (InvalidOperationException newer)
        {
            throw new CommandFault(newer.Message);
        }
    }

    private async Task<IJournal> OpenPostgres(string variable) => _around.Variable(variable) is { Length: > 0 } connectionString
        ? await PostgresJournal.Open(connectionString, _around.Clock)
        : throw new CommandFault($"The variable {variable} of the environment holds no connection string.");

    private async Task<IJournal> OpenSqlite(string directory, bool mayMake)
    {
        // To open a journal makes one, which would hide that the directory is the wrong one.
        return mayMake || File.Exists(Path.Combine(directory, SqliteJournal.FileName))
            ? await SqliteJournal.Open(directory, _around.Clock)
            : throw new CommandFault($"There is no journal in {directory}. A registry makes one at its first start; --data says where it is.");
    }
}
