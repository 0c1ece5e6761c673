using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Registry.Actors.Contracts;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Gateway.Problems;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Problems;

/// <summary>A fault of ours is logged so that it can be found, and without what was asked.</summary>
public sealed class DiscreetFaultTests
{
    [Fact]
    public async Task The_log_says_what_failed_and_where_and_not_for_which_ground()
    {
        using var log = new Heard();
        var fails = false;
        var server = RegistryServer.With(services =>
        {
            services.RemoveAll<IActors>();
            services.AddSingleton<InProcessActors>();
            services.AddSingleton<IActors>(provider => new FailingSheets(() => fails, provider.GetRequiredService<InProcessActors>()));
            services.AddSingleton<ILoggerProvider>(log);
        });
        await server.InitializeAsync();
        var code = Bodies.FreshCells(1)[0];
        fails = true;

        (await server.Nobody().Get($"/cells/{Uri.EscapeDataString(code)}")).IsProblem(500, "internal");
        (await server.Nobody().Post("/cells/check", $$"""{"cells":["{{code}}"]}""")).IsProblem(500, "internal");
        await server.DisposeAsync();

        var faults = log.Lines.Where(line => line.Contains("failed", StringComparison.Ordinal)).ToList();
        Assert.Contains(faults, line => line.Contains("GET /cells/{code}", StringComparison.Ordinal));
        Assert.Contains(faults, line => line.Contains("POST /cells/check", StringComparison.Ordinal));
        Assert.All(faults, line => Assert.Contains("System.InvalidOperationException\n   at ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(code, StringComparison.Ordinal) || line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_disk_says_is_told_whatever_stands_before_it()
    {
        var text = DiscreetFault.Describe(new InvalidOperationException("secret", new JournalUnavailableException("away", new IOException("No space left"))));

        Assert.Contains("No space left", text, StringComparison.Ordinal);
        Assert.Contains("away", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    // Fails with a message that holds what was asked, once the registry has started.
    private sealed class FailingSheets(Func<bool> fails, IActors others) : IActors
    {
        public ILicenseBlock LicenseBlock(string id) => others.LicenseBlock(id);

        public IDeposit Deposit(string id) => others.Deposit(id);

        public IArea Area(string id) => others.Area(id);

        public IParty Party(string id) => others.Party(id);

        public ISheet Sheet(SheetId sheet) => fails()
            ? throw new InvalidOperationException($"secret ground on {sheet}")
            : others.Sheet(sheet);

        public IImport Import(string id) => others.Import(id);
    }

    private sealed class Heard : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
