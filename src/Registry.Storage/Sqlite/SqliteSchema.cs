using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Registry.Storage.Sqlite;

/// <summary>The tables of the journal, and how older ones become today's.</summary>
/// <remarks>
/// The version of a database is its <c>user_version</c>: the number of steps it has taken. A step that was ever released is never
/// changed; a new one is added behind it. Instants are whole microseconds since 1970.
/// </remarks>
internal static class SqliteSchema
{
    /// <summary>The steps, oldest first.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE entry (
            sequence  INTEGER PRIMARY KEY,  -- gap-free from 1
            object    INTEGER NOT NULL,
            version   INTEGER NOT NULL,
            at        INTEGER NOT NULL,
            canonical BLOB    NOT NULL,     -- the bytes that were hashed
            hash      BLOB    NOT NULL,
            UNIQUE (object, version)
        );
        CREATE TABLE object (
            id            INTEGER PRIMARY KEY,  -- the sequence of its first entry: the order of filing
            name          TEXT    NOT NULL UNIQUE,
            version       INTEGER NOT NULL,
            first_at      INTEGER NOT NULL,
            last_sequence INTEGER NOT NULL,
            last_at       INTEGER NOT NULL,
            sheets        BLOB    NOT NULL,     -- the object's rows of object_sheet, to see without a search that they did not change
            state         BLOB    NOT NULL
        );
        CREATE TABLE object_sheet (
            sheet  INTEGER NOT NULL,
            object INTEGER NOT NULL,
            PRIMARY KEY (sheet, object)
        ) WITHOUT ROWID;
        CREATE TABLE claim (
            cell   INTEGER PRIMARY KEY,  -- the last net under "one cell, one claimant"
            object INTEGER NOT NULL
        );
        CREATE TABLE epoch (
            sheet INTEGER PRIMARY KEY,
            epoch INTEGER NOT NULL
        );
        CREATE TABLE answer (
            key         TEXT    PRIMARY KEY,
            fingerprint TEXT    NOT NULL,
            object      INTEGER NOT NULL,
            version     INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE deadline (
            at     INTEGER NOT NULL,
            object INTEGER NOT NULL,
            kind   TEXT    NOT NULL,
            PRIMARY KEY (at, object, kind)
        ) WITHOUT ROWID;
        CREATE INDEX deadline_of_object ON deadline (object);
        CREATE TABLE api_key (
            id         INTEGER PRIMARY KEY,
            digest     BLOB    NOT NULL,  -- SHA-256 of the key
            name       TEXT    NOT NULL,
            role       TEXT    NOT NULL,
            party      TEXT,
            issued_at  INTEGER NOT NULL,
            revoked_at INTEGER
        );
        CREATE UNIQUE INDEX api_key_in_force_by_name ON api_key (name) WHERE revoked_at IS NULL;
        CREATE UNIQUE INDEX api_key_in_force_by_digest ON api_key (digest) WHERE revoked_at IS NULL;
        """,
        // What it takes to answer as at a past instant. Which sheets an object left before this step was not kept: an object with a
        // change by which objects leave sheets is taken to have lain on any, and its entries tell which.
        """
        CREATE INDEX entry_at ON entry (at);
        CREATE TABLE seal (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            at  INTEGER NOT NULL  -- no further entry is stamped at or before it
        );
        INSERT INTO seal (one, at) VALUES (1, -62135596800000000);
        CREATE TABLE object_sheet_left (  -- the sheets that an object had when it left some
            sheet  INTEGER NOT NULL,  -- -1: any
            object INTEGER NOT NULL,
            PRIMARY KEY (sheet, object)
        ) WITHOUT ROWID;
        INSERT INTO object_sheet_left (sheet, object)
        SELECT DISTINCT -1, object FROM entry
        WHERE instr(canonical, CAST('"event":{"type":"relinquished"' AS BLOB)) > 0
           OR instr(canonical, CAST('"event":{"type":"reconsidered"' AS BLOB)) > 0
           OR instr(canonical, CAST('"event":{"type":"amended"' AS BLOB)) > 0;
        """,
        // Imports, and what they are to register.
        """
        CREATE TABLE import (
            id          TEXT PRIMARY KEY,
            fingerprint TEXT    NOT NULL,  -- with the id for ever: the file that the idempotency key stands for
            content     TEXT    NOT NULL,
            asked       BLOB,              -- NULL once it was forgotten
            begun_at    INTEGER NOT NULL,
            run         INTEGER NOT NULL DEFAULT 0,
            ended_at    INTEGER,
            is_final    INTEGER NOT NULL DEFAULT 0,
            outcome     BLOB
        ) WITHOUT ROWID;
        CREATE INDEX import_unfinished ON import (begun_at) WHERE ended_at IS NULL;
        CREATE INDEX import_ended ON import (ended_at) WHERE asked IS NOT NULL;
        CREATE TABLE import_part (
            content TEXT    NOT NULL,
            part    INTEGER NOT NULL,
            at      INTEGER NOT NULL,
            bytes   BLOB    NOT NULL,
            UNIQUE (content, part)
        );
        """,
        // How many undecided applications each party has, kept with every change, so that a quota is checked at a glance.
        """
        CREATE TABLE undecided (
            party        TEXT    PRIMARY KEY,
            applications INTEGER NOT NULL
        ) WITHOUT ROWID;
        INSERT INTO undecided (party, applications)
        SELECT json_extract(CAST(state AS TEXT), '$.holder.id'), count(*) FROM object
        WHERE name LIKE 'license-blocks/%' AND json_extract(CAST(state AS TEXT), '$.status') IN ('Applied', 'Queued')
        GROUP BY 1;
        """,
        // What of an entry is published, what lies beside it and can be erased, and what was too long for it; the Merkle tree over entries.
        """
        ALTER TABLE entry ADD COLUMN beside BLOB NOT NULL DEFAULT x'';  -- erasable values with their salts
        CREATE TABLE log_object (
            hash  BLOB NOT NULL PRIMARY KEY,  -- SHA-256 of the bytes
            bytes BLOB NOT NULL
        );
        CREATE TABLE tree (
            one      INTEGER PRIMARY KEY CHECK (one = 1),
            frontier BLOB NOT NULL             -- size and full subtrees, from which the root follows
        );
        INSERT INTO tree (one, frontier) VALUES (1, zeroblob(8));
        CREATE TABLE tile_hash (
            level INTEGER NOT NULL,            -- 1 and above; those of level 0 are the hashes of entries
            place INTEGER NOT NULL,
            hash  BLOB    NOT NULL,
            PRIMARY KEY (level, place)
        ) WITHOUT ROWID;
        CREATE TABLE checkpoint (
            one  INTEGER PRIMARY KEY CHECK (one = 1),
            note BLOB NOT NULL  -- the newest that was signed
        );
        """,
        // The law in force, beside the newest entry, so that each append is held against it.
        "ALTER TABLE tree ADD COLUMN law TEXT;  -- the edition that was adopted last",
    ];

    /// <summary>The step before which entries could not be published: they hold names.</summary>
    public const int FirstPublished = 5;

    /// <summary>Takes the steps that a database has not taken yet, all of them or none. Safe when two processes open it at once.</summary>
    /// <exception cref="InvalidOperationException">
    /// The database was made by a newer release, or has entries of one whose entries could not be published.
    /// </exception>
    /// <exception cref="SqliteException">The storage failed.</exception>
    public static void Migrate(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        if (VersionOf(connection) == steps.Count)
            return;
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = VersionOf(connection);
        if (version > steps.Count)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"{connection.DataSource} has schema {version}, made by a newer release; this one knows {steps.Count}."));
        }

        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        if (version is > 0 and < FirstPublished && steps.Count >= FirstPublished)
        {
            command.CommandText = "SELECT EXISTS (SELECT 1 FROM entry)";
            if (command.ExecuteScalar() is not 0L)
                throw new InvalidOperationException(OldJournal.Word(connection.DataSource));
        }

        foreach (var step in steps.Skip((int)version))
        {
#pragma warning disable CA2100 // The steps are constants of this class.
            command.CommandText = step;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

#pragma warning disable CA2100 // A pragma takes no parameters; the count is a number.
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {steps.Count}");
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private static long VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }
}
