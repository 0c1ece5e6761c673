using System.Globalization;
using Npgsql;

namespace Registry.Storage.Postgres;

/// <summary>The tables of the journal, and how older ones become today's.</summary>
/// <remarks>
/// They stand in a schema of their own, <c>registry</c>, so that others may use the same database. A row of <c>registry.step</c>
/// tells of each step that was taken. A step that was ever released is never changed; a new one is added behind it. Instants are
/// whole microseconds since 1970. Names sort by their bytes, whatever the database's locale.
/// </remarks>
internal static class PostgresSchema
{
    // A step may rewrite a table, and others wait for who takes it.
    private const int StepSeconds = 600;

    // Any number will do that nobody else locks in this database: "registry" in ASCII.
    private const long Lock = 0x7265676973747279;

    /// <summary>The steps, oldest first.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE registry.head (  -- one row: whoever writes locks it, so that the order has no gap
            one boolean PRIMARY KEY DEFAULT true CHECK (one)
        );
        INSERT INTO registry.head DEFAULT VALUES;
        CREATE TABLE registry.entry (
            sequence  bigint PRIMARY KEY,  -- gap-free from 1
            object    bigint NOT NULL,
            version   bigint NOT NULL,
            at        bigint NOT NULL,
            canonical bytea  NOT NULL,     -- the bytes that were hashed
            hash      bytea  NOT NULL,
            UNIQUE (object, version)
        );
        CREATE TABLE registry.object (
            id            bigint PRIMARY KEY,  -- the sequence of its first entry: the order of filing
            name          text   COLLATE "C" NOT NULL UNIQUE,
            version       bigint NOT NULL,
            first_at      bigint NOT NULL,
            last_sequence bigint NOT NULL,
            last_at       bigint NOT NULL,
            state         bytea  NOT NULL
        ) WITH (fillfactor = 80);              -- a change finds room beside the row, and touches no index
        CREATE TABLE registry.object_sheet (
            object bigint  NOT NULL,
            sheet  integer NOT NULL,
            PRIMARY KEY (object, sheet)
        );
        CREATE INDEX object_of_sheet ON registry.object_sheet (sheet, object);
        CREATE TABLE registry.claim (
            cell   bigint PRIMARY KEY,  -- the last net under "one cell, one claimant"
            object bigint NOT NULL
        );
        CREATE TABLE registry.epoch (
            sheet integer PRIMARY KEY,
            epoch bigint  NOT NULL
        );
        CREATE TABLE registry.answer (
            key         text   COLLATE "C" PRIMARY KEY,
            fingerprint text   NOT NULL,
            object      bigint NOT NULL,
            version     bigint NOT NULL
        );
        CREATE TABLE registry.deadline (
            at     bigint NOT NULL,
            object bigint NOT NULL,
            kind   text   COLLATE "C" NOT NULL,
            PRIMARY KEY (at, object, kind)
        );
        CREATE INDEX deadline_of_object ON registry.deadline (object);
        CREATE TABLE registry.api_key (
            id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            digest     bytea  NOT NULL,  -- SHA-256 of the key
            name       text   NOT NULL,
            role       text   NOT NULL,
            party      text,
            issued_at  bigint NOT NULL,
            revoked_at bigint
        );
        CREATE UNIQUE INDEX api_key_in_force_by_name ON registry.api_key (name) WHERE revoked_at IS NULL;
        CREATE UNIQUE INDEX api_key_in_force_by_digest ON registry.api_key (digest) WHERE revoked_at IS NULL;
        """,
        // What it takes to answer as at a past instant. Which sheets an object left before this step was not kept: an object with a
        // change by which objects leave sheets is taken to have lain on any, and its entries tell which.
        """
        CREATE INDEX entry_at ON registry.entry (at);
        ALTER TABLE registry.head
            ADD COLUMN sealed bigint NOT NULL DEFAULT -62135596800000000;  -- no further entry is stamped at or before it
        CREATE TABLE registry.object_sheet_left (
            sheet  integer NOT NULL,  -- -1: any
            object bigint  NOT NULL,
            PRIMARY KEY (sheet, object)
        );
        INSERT INTO registry.object_sheet_left (sheet, object)
        SELECT DISTINCT -1, object FROM registry.entry
        WHERE position(convert_to('"event":{"type":"relinquished"', 'UTF8') IN canonical) > 0
           OR position(convert_to('"event":{"type":"reconsidered"', 'UTF8') IN canonical) > 0
           OR position(convert_to('"event":{"type":"amended"', 'UTF8') IN canonical) > 0;
        """,
        // Imports, and what they are to register.
        """
        CREATE TABLE registry.import (
            id          text    COLLATE "C" PRIMARY KEY,
            fingerprint text    NOT NULL,  -- with the id for ever: the file that the idempotency key stands for
            content     text    NOT NULL,
            asked       bytea,             -- NULL once it was forgotten
            begun_at    bigint  NOT NULL,
            run         bigint  NOT NULL DEFAULT 0,
            ended_at    bigint,
            is_final    boolean NOT NULL DEFAULT false,
            outcome     bytea
        );
        CREATE INDEX import_unfinished ON registry.import (begun_at) WHERE ended_at IS NULL;
        CREATE INDEX import_ended ON registry.import (ended_at) WHERE asked IS NOT NULL;
        CREATE TABLE registry.import_part (
            content text    COLLATE "C" NOT NULL,
            part    integer NOT NULL,
            at      bigint  NOT NULL,
            bytes   bytea   NOT NULL,
            PRIMARY KEY (content, part)
        );
        """,
        // What the processes of a cluster share and nobody else knows.
        """
        CREATE TABLE registry.secret (
            name  text  COLLATE "C" PRIMARY KEY,
            bytes bytea NOT NULL
        );
        """,
        // How many undecided applications each party has, kept with every change, so that a quota is checked at a glance.
        """
        CREATE TABLE registry.undecided (
            party        text   COLLATE "C" PRIMARY KEY,
            applications bigint NOT NULL
        ) WITH (fillfactor = 50);  -- changed often, and then beside itself
        INSERT INTO registry.undecided (party, applications)
        SELECT s.state -> 'holder' ->> 'id', count(*)
        FROM (SELECT convert_from(state, 'UTF8')::json AS state FROM registry.object WHERE name LIKE 'license-blocks/%') s
        WHERE s.state ->> 'status' IN ('Applied', 'Queued')
        GROUP BY 1;
        """,
        // What of an entry is published, what lies beside it and can be erased, and what was too long for it; the Merkle tree over entries.
        """
        ALTER TABLE registry.entry
            ADD COLUMN beside  bytea NOT NULL DEFAULT '',  -- erasable values with their salts
            ADD COLUMN objects bytea NOT NULL DEFAULT '';  -- hashes of what was too long for the entry, one behind the other
        CREATE TABLE registry.log_object (
            hash  bytea PRIMARY KEY,  -- SHA-256 of the bytes
            bytes bytea NOT NULL
        );
        ALTER TABLE registry.head
            ADD COLUMN frontier bytea NOT NULL DEFAULT '\x0000000000000000';  -- size and full subtrees of the tree, from which the root follows
        CREATE TABLE registry.tile_hash (
            level smallint NOT NULL,  -- 1 and above; those of level 0 are the hashes of entries
            place bigint   NOT NULL,
            hash  bytea    NOT NULL,
            PRIMARY KEY (level, place)
        );
        CREATE TABLE registry.checkpoint (
            one  boolean PRIMARY KEY DEFAULT true CHECK (one),
            note bytea NOT NULL  -- the newest that was signed
        );
        -- By it alone who may not change entries erases what lies beside them: it only takes away.
        CREATE FUNCTION registry.erase(sequences bigint[], left_beside bytea[]) RETURNS void
        LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
            UPDATE registry.entry e SET beside = u.beside FROM unnest(sequences, left_beside) AS u (sequence, beside)
            WHERE e.sequence = u.sequence AND length(u.beside) < length(e.beside)
        $$;
        REVOKE EXECUTE ON FUNCTION registry.erase FROM PUBLIC;
        """,
        // The law in force, beside the newest entry, so that each append is held against it.
        "ALTER TABLE registry.head ADD COLUMN law text;  -- the edition that was adopted last",
    ];

    /// <summary>The step before which entries could not be published: they hold names.</summary>
    public const int FirstPublished = 6;

    /// <summary>
    /// Takes the steps that a database has not taken yet, all of them or none. Of many processes that open it at once, one takes
    /// them and the others wait for it; where none is to be taken, no right to change the schema is needed.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The database was made by a newer release, or has entries of one whose entries could not be published.
    /// </exception>
    /// <exception cref="NpgsqlException">The storage failed.</exception>
    public static void Migrate(NpgsqlConnection connection, IReadOnlyList<string> steps)
    {
        if (VersionOf(connection) == steps.Count)
            return;
        using var transaction = connection.BeginTransaction();
        Run(connection, $"SELECT pg_advisory_xact_lock({Lock.ToString(CultureInfo.InvariantCulture)})");
        var version = VersionOf(connection);
        if (version > steps.Count)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"{connection.Database} has schema {version}, made by a newer release; this one knows {steps.Count}."));
        }

        if (version == 0)
        {
            Run(connection, "CREATE SCHEMA IF NOT EXISTS registry");
            Run(connection, "CREATE TABLE registry.step (number integer PRIMARY KEY, taken_at timestamptz NOT NULL DEFAULT now())");
        }

        if (version is > 0 and < FirstPublished && steps.Count >= FirstPublished && HasEntries(connection))
            throw new InvalidOperationException(OldJournal.Word(connection.Database));
        for (var step = (int)version; step < steps.Count; step++)
        {
            Run(connection, steps[step]);
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO registry.step (number) VALUES ({step + 1})"));
        }

        transaction.Commit();
    }

    // The catalogue is asked as a table: to_regclass may still answer from the session's cache what held before the lock was had.
    private static long VersionOf(NpgsqlConnection connection)
    {
        using var made = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = 'registry' AND tablename = 'step')", connection);
        if (made.ExecuteScalar() is not true)
            return 0;
        using var version = new NpgsqlCommand("SELECT coalesce(max(number), 0) FROM registry.step", connection);
        return (int)version.ExecuteScalar()!;
    }

    private static bool HasEntries(NpgsqlConnection connection)
    {
        using var entries = new NpgsqlCommand("SELECT EXISTS (SELECT FROM registry.entry)", connection);
        return entries.ExecuteScalar() is true;
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // The texts are constants of this class, and numbers.
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = StepSeconds };
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
