using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Registry.Actors.Ground.Filtering;
using Registry.Actors.Journal;
using Registry.Core.Filters.Text;
using Registry.Core.GeoJson;
using Registry.Sample;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Filters;

/// <summary>Random filters over 20,000 features give the same ids as PostGIS gives for the same filters in SQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgisComparisonTests(PostgresFixture postgres)
{
    private const int Filters = 150;
    private const int OfEachFunction = 12;

    [PostgisFact]
    public async Task Random_filters_give_what_PostGIS_gives()
    {
        await using var country = await RegisteredCountry.Create();
        await using var connection = new NpgsqlConnection($"{await postgres.Server.EmptyDatabase("filters")};Pooling=false");
        await connection.OpenAsync();
        await Execute(connection, "CREATE EXTENSION IF NOT EXISTS postgis");
        var passed = 0;
        foreach (var (collection, table) in ((Collection, string)[])[(Collection.LicenseBlocks, "blocks"), (Collection.Deposits, "deposits")])
        {
            var features = await country.ReadAll(collection);
            await Load(connection, features, table);
            var random = new SplitMix64(4711);
            var pairs = new FilterPairs(random, collection == Collection.LicenseBlocks, [.. features.Where((_, i) => i % 100 == 0).Select(ShapeOf)]);
            FilterPair[] filters =
            [
                .. Enumerable.Range(0, Filters).Select(_ => pairs.Next(random.Below(4))),
                .. Enumerable.Range(0, OfEachFunction).SelectMany(_ => pairs.EachSpatial()),
            ];
            foreach (var pair in filters)
            {
                var reading = FilterText.Read(pair.Cql);
                Assert.True(reading.IsSound, $"{pair.Cql}: {reading.Fault}");
                Assert.Null(ObjectQueryables.Of(collection).Check(reading.Filter));
                var ours = await country.Passing(collection, reading.Filter);
                var theirs = await Ids(connection, $"SELECT id FROM {table} WHERE {pair.Sql} ORDER BY id COLLATE \"C\"");
                Assert.True(ours.SequenceEqual(theirs), Difference(pair, ours, theirs));
                passed += ours.Count > 0 ? 1 : 0;
            }
        }

        // Filters that nothing passes would prove little.
        Assert.True(passed > Filters, $"{passed} of {2 * Filters} filters let anything pass.");
    }

    private static string Difference(FilterPair pair, IReadOnlyList<string> ours, List<string> theirs) =>
        $"{pair.Cql}\n{pair.Sql}\nonly here: {string.Join(", ", ours.Except(theirs).Take(5))}\nonly PostGIS: {string.Join(", ", theirs.Except(ours).Take(5))}";

    private static string ShapeOf(byte[] feature)
    {
        using var document = JsonDocument.Parse(feature);
        return GeometryReader.Read(document.RootElement.GetProperty("geometry"), GeoJsonLimits.Default).Geometry!.AsText();
    }

    private static async Task Load(NpgsqlConnection connection, IReadOnlyCollection<byte[]> features, string table)
    {
        await Execute(connection, $"DROP TABLE IF EXISTS raw, {table}; CREATE TABLE raw (feature jsonb)");
        await using (var import = await connection.BeginBinaryImportAsync("COPY raw FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var feature in features)
            {
                await import.StartRowAsync();
                await import.WriteAsync(feature, NpgsqlDbType.Jsonb);
            }

            await import.CompleteAsync();
        }

        const string blocks = """
            p->>'kind' AS kind, p->'holder'->>'country' AS "holder.country", (p->>'cellCount')::float8 AS "cellCount", (p->>'areaKm2')::float8 AS "areaKm2",
            (p->>'appliedAt')::timestamptz AS "appliedAt", (p->>'grantedOn')::date AS "grantedOn", (p->>'expiresOn')::date AS "expiresOn"
            """;
        await Execute(connection, $"""
            CREATE TABLE {table} AS SELECT feature->>'id' AS id, p->>'status' AS status, ARRAY(SELECT jsonb_array_elements_text(p->'commodities')) AS commodities,
                ST_SetSRID(ST_GeomFromGeoJSON(feature->'geometry'), 4326) AS geometry, {(table == "blocks" ? blocks : "p->>'name' AS name")}
            FROM (SELECT feature, feature->'properties' AS p FROM raw) AS features;
            CREATE INDEX ON {table} USING gist (geometry);
            """);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> Ids(NpgsqlConnection connection, string sql)
    {
        await using var command = Command(connection, sql);
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<string>();
        while (await reader.ReadAsync())
            ids.Add(reader.GetString(0));
        return ids;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are the tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
