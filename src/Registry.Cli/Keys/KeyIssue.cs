using System.CommandLine;
using System.Text.RegularExpressions;
using Registry.Actors.Journal;
using Registry.Cli.Commands;
using Registry.Core;

namespace Registry.Cli.Keys;

/// <summary><c>registry key issue</c></summary>
internal static partial class KeyIssue
{
    private const string DevelopmentPrefix = "dev-";
    private static readonly Role[] Roles = [Role.Applicant, Role.Registrar, Role.Operator];

    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("issue", "Issue a key and print it, once; only its SHA-256 is stored.");
        var name = new Option<string>("--name")
        {
            Description = "Whose key it is, as the journal will say of every change: 1 to 64 letters, digits, and . _ - @",
            Required = true,
        };
        var role = new Option<string>("--role") { Description = "What its holder may do", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.Select(Word)]);
        var party = new Option<string?>("--party") { Description = "The id of the party that an applicant acts for" };
        command.Add(name);
        command.Add(role);
        command.Add(party);
        var journal = new JournalOption(around, command);
        command.SetAction(async (parsed, _) =>
        {
            var caller = CallerOf(parsed.GetRequiredValue(name), parsed.GetRequiredValue(role), parsed.GetValue(party));
            var key = await journal.UseKeys(parsed, (open, keys) => Issue(open, keys, caller, around.Clock.GetUtcNow()));
            await around.Output.WriteLineAsync(key);
            await around.Error.WriteLineAsync(
                $"This is the key of {caller.Name}, {Word(caller.Role)}. It is not shown again. A running registry takes it at once.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<string> Issue(IJournal journal, IKeyring keys, Caller caller, DateTimeOffset now)
    {
        if (caller.Party is { } party && await journal.Load(new StreamId(Collection.Parties, party)) is null)
            throw new CommandFault($"There is no party '{party}' in this registry. POST /parties registers one.");
        var key = ApiKey.Fresh();
        if (!await keys.Issue(ApiKey.Digest(key), caller, now))
            throw new CommandFault(WhyNot(caller, await keys.All()));
        return key;
    }

    // A name says in the journal who changed what, for ever: it never comes to mean somebody else.
    private static string WhyNot(Caller caller, IReadOnlyList<IssuedKey> issued) =>
        issued.FirstOrDefault(key => key.Caller.Name == caller.Name && key.Caller != caller) is { Caller: var first }
            ? $"The name {caller.Name} is that of {Described(first)}, as the journal says of what was done under it. Choose another name."
            : $"A key named {caller.Name} is in force. Revoke it first, or choose another name.";

    private static string Described(Caller caller) => caller.Party is { } party ? $"an {Word(caller.Role)} for {party}" : $"a key for the role {Word(caller.Role)}";

    private static Caller CallerOf(string name, string word, string? party)
    {
        var role = Roles.Single(role => Word(role) == word);
        // A letter may be one that is not seen: U+3164.
        if (!Name().IsMatch(name) || FreeText.FaultOf(name) is not null)
            throw new CommandFault("A key's name has 1 to 64 letters, digits, and . _ - @, and begins with a letter or a digit.", ExitCodes.Usage);
        if (name.StartsWith(DevelopmentPrefix, StringComparison.Ordinal))
            throw new CommandFault($"Names that begin with {DevelopmentPrefix} are those of the keys of the Development environment; choose another name.", ExitCodes.Usage);
        if (name == Caller.Registry.Name)
            throw new CommandFault($"The journal says '{name}' of what the registry does by itself; choose another name.", ExitCodes.Usage);
        if (role == Role.Applicant != party is not null)
        {
            throw new CommandFault(role == Role.Applicant
                ? "An applicant acts for one party: give --party."
                : $"Only an applicant acts for a party; leave --party out for the role {word}.", ExitCodes.Usage);
        }

        return new Caller(name, role, party);
    }

    private static string Word(Role role) => role.ToString().ToLowerInvariant();

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}._@-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
