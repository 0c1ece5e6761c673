using Registry.Actors.Journal;
using Registry.Core;

namespace Registry.Storage.Sqlite;

/// <summary>Issues and revokes keys in a transaction of the writer.</summary>
/// <param name="prepare">Prepares a statement on the writer's connection.</param>
internal sealed class SqliteKeys(Func<string, Statement> prepare)
{
    private readonly Statement _issue = prepare(
        """
        INSERT INTO api_key (digest, name, role, party, issued_at) SELECT ?1, ?2, ?3, ?4, ?5
        WHERE NOT EXISTS (SELECT 1 FROM api_key WHERE name = ?2 AND (role <> ?3 OR party IS NOT ?4))
        ON CONFLICT DO NOTHING
        """);

    private readonly Statement _revoke = prepare("UPDATE api_key SET revoked_at = ?2 WHERE name = ?1 AND revoked_at IS NULL");

    /// <inheritdoc cref="IKeyring.Issue"/>
    public bool Issue(byte[] digest, Caller caller, DateTimeOffset at) => _issue
        .Bind(1, digest)
        .Bind(2, caller.Name)
        .Bind(3, caller.Role.ToString())
        .Bind(4, caller.Party)
        .Bind(5, JournalInstant.ToMicroseconds(at))
        .Run() == 1;

    /// <inheritdoc cref="IKeyring.Revoke"/>
    public bool Revoke(string name, DateTimeOffset at) =>
        _revoke.Bind(1, name).Bind(2, JournalInstant.ToMicroseconds(at)).Run() == 1;
}
