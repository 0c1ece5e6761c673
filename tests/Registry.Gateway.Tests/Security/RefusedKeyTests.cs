using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Registry.Gateway.Tests.Serving;
using Registry.Hosting.Callers;

namespace Registry.Gateway.Tests.Security;

public sealed class RefusedKeyTests
{
    [Theory]
    [InlineData("/problems", "Bearer rk_wrong-secret")]
    [InlineData("/dashboard/", "Bearer rk_wrong-secret")]
    [InlineData("/dashboard/", "Basic eDpya193cm9uZy1zZWNyZXQ=")]
    public async Task A_refused_key_is_logged_with_the_address_that_sent_it_and_without_itself(string path, string authorization)
    {
        var lines = new Lines();
        var server = RegistryServer.With(services => services.AddSingleton<ILoggerProvider>(lines));
        await server.InitializeAsync();
        try
        {
            Assert.Equal(401, (await server.Nobody().Send(HttpMethod.Get, path, null, ("Authorization", authorization))).Status);

            Assert.Single(lines.All, line => line.Contains("came from 127.0.0.1", StringComparison.Ordinal));
            Assert.DoesNotContain(lines.All, line => line.Contains("wrong-secret", StringComparison.Ordinal) || line.Contains("eDpya1", StringComparison.Ordinal));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public void Whoever_tries_many_does_not_fill_the_log()
    {
        var lines = new Lines();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(lines));
        using var refused = new RefusedKeyLog(factory.CreateLogger<RefusedKeyLog>());

        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 100_000; i++)
            refused.Note(new DefaultHttpContext());
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;

        Assert.InRange(lines.All.Count, RefusedKeyLog.Burst, RefusedKeyLog.Burst + 2 + (int)seconds);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly List<string> _all = [];

        public IReadOnlyList<string> All
        {
            get
            {
                lock (_all)
                    return [.. _all];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_all)
                _all.Add(formatter(state, exception));
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
