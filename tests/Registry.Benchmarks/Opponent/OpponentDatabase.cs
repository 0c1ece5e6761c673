using System.Text;
using Npgsql;
using NpgsqlTypes;
using Registry.Core.Countries;
using Registry.Core.Ground;
using Registry.Storage.Tests.Postgres;

namespace Registry.Benchmarks.Opponent;

/// <summary>
/// The full country as a team without sheets would keep it: PostGIS, a row an object, GiST indexes over its geometry in degrees and
/// in the tiles' metres, its properties as finished JSON.
/// </summary>
internal static class OpponentDatabase
{
    private const string Staging = """
        DROP SCHEMA IF EXISTS public CASCADE;
        CREATE SCHEMA public;
        CREATE EXTENSION postgis;
        CREATE TABLE arrived (collection text, feature json);
        """;

    private const string Tables = """
        CREATE TABLE license_block AS
            SELECT feature->>'id' AS id, (feature->'properties'->>'sequence')::bigint AS sequence, feature->'properties'->>'kind' AS kind,
                   feature->'properties'->>'status' AS status, (feature->'properties'->>'areaKm2')::float8 AS area_km2,
                   (feature->'properties')::text AS properties, ST_GeomFromGeoJSON(feature->'geometry') AS geom
            FROM arrived WHERE collection = 'license-blocks' ORDER BY 2;
        CREATE TABLE deposit AS
            SELECT feature->>'id' AS id, feature->'properties'->>'name' AS name, feature->'properties'->>'status' AS status,
                   ST_GeomFromGeoJSON(feature->'geometry') AS geom
            FROM arrived WHERE collection = 'deposits';
        DROP TABLE arrived;
        ALTER TABLE license_block ADD PRIMARY KEY (id);
        ALTER TABLE license_block ADD COLUMN geom_3857 geometry;
        ALTER TABLE deposit ADD COLUMN geom_3857 geometry;
        UPDATE license_block SET geom_3857 = ST_Transform(geom, 3857);
        UPDATE deposit SET geom_3857 = ST_Transform(geom, 3857);
        CREATE INDEX ON license_block USING gist (geom);
        CREATE INDEX ON license_block USING gist (geom_3857);
        CREATE INDEX ON deposit USING gist (geom_3857);
        """;

    private const string Cells = """
        CREATE TABLE cell AS
            SELECT coalesce(holder.status, 'free') AS status, holder.id AS license_block,
                   ST_Transform(ST_MakeEnvelope(minute_east / 60.0, minute_north / 60.0, (minute_east + 1) / 60.0, (minute_north + 1) / 60.0, 4326), 3857) AS geom_3857
            FROM corner LEFT JOIN LATERAL (
                SELECT id, status FROM license_block
                WHERE ST_Contains(geom, ST_SetSRID(ST_MakePoint((minute_east + 0.5) / 60, (minute_north + 0.5) / 60), 4326))
                  AND status IN ('applied', 'queued', 'granted', 'suspended')
                ORDER BY sequence LIMIT 1) AS holder ON true;
        DROP TABLE corner;
        CREATE INDEX ON cell USING gist (geom_3857);
        """;

    /// <summary>Fills a database with what a running registry exports.</summary>
    /// <param name="server">The server.</param>
    /// <param name="registry">The registry.</param>
    /// <returns>How the database is reached.</returns>
    public static async Task<string> Fill(PostgresServer server, HttpClient registry)
    {
        // Statements are prepared and compiled by nobody: what a careful team sets for short questions.
        var connectionString = $"{await server.EmptyDatabase("opponent")};Max Auto Prepare=20;Auto Prepare Min Usages=1;Options=-c jit=off";
        await PostgresServer.Execute(connectionString, Staging);
        foreach (var collection in (string[])["license-blocks", "deposits"])
            await Copy(connectionString, collection, registry);
        await PostgresServer.Execute(connectionString, Tables);
        await PostgresServer.Execute(connectionString, "VACUUM FULL ANALYZE");
        return connectionString;
    }

    /// <summary>Adds every cell of the country as a row, with who claims it: what the tiles' layer of cells shows.</summary>
    public static async Task AddCells(string connectionString)
    {
        var regime = Regimes.Kazakhstan;
        await PostgresServer.Execute(connectionString, "CREATE TABLE corner (minute_east integer, minute_north integer)");
        await using (var connection = new NpgsqlConnection($"{connectionString};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var copy = await connection.BeginBinaryImportAsync("COPY corner FROM STDIN (FORMAT BINARY)");
            foreach (var sheet in regime.Jurisdiction.Sheets)
            {
                for (var index = 0; index < regime.Graticule.CellsPerSheet; index++)
                {
                    if (!regime.Jurisdiction.Contains(sheet, index))
                        continue;
                    var box = BoundingBox.Of(regime.Graticule, regime.Graticule.CellOf(sheet, index));
                    await copy.StartRowAsync();
                    await copy.WriteAsync((int)Math.Round(box.West * 60), NpgsqlDbType.Integer);
                    await copy.WriteAsync((int)Math.Round(box.South * 60), NpgsqlDbType.Integer);
                }
            }

            await copy.CompleteAsync();
        }

        await PostgresServer.Execute($"{connectionString};Command Timeout=600", Cells);
        await PostgresServer.Execute(connectionString, "VACUUM ANALYZE cell");
    }

    private static async Task Copy(string connectionString, string collection, HttpClient registry)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await using var copy = await connection.BeginBinaryImportAsync("COPY arrived FROM STDIN (FORMAT BINARY)");
        await using var answer = await registry.GetStreamAsync(new Uri($"/collections/{collection}/export?f=geojsonseq", UriKind.Relative));
        using var lines = new StreamReader(answer, Encoding.UTF8);
        while (await lines.ReadLineAsync() is { } line)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(collection, NpgsqlDbType.Text);
            await copy.WriteAsync(line.TrimStart('\u001e'), NpgsqlDbType.Json);
        }

        await copy.CompleteAsync();
    }
}
