namespace Registry.Storage.Tests.Postgres;

/// <summary>The server that tests share. They run one after another, and may stop it. It is not there where tests are skipped.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    /// <summary>The server.</summary>
    public PostgresServer Server => _server ?? throw new InvalidOperationException(PostgresServer.WhyNot);

    public async Task InitializeAsync() => _server = PostgresServer.WhyNot is null ? await PostgresServer.StartNew() : null;

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}

/// <summary>The tests that share a server.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
