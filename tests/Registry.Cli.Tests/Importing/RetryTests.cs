using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Registry.Cli.Tests.Importing;

public sealed class RetryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_busy_registry_is_asked_again_with_the_same_key_and_after_as_long_as_it_wants()
    {
        await using var registry = await StandInRegistry.Start();
        var asked = new ConcurrentDictionary<string, int>();
        registry.Before = (context, request) =>
        {
            if (asked.AddOrUpdate(request.Key, 1, (_, times) => times + 1) > 2)
                return Task.FromResult(false);
            context.Response.Headers.RetryAfter = "7";
            return StandInRegistry.Problem(context, 503, "unavailable");
        };
        var clock = new HastyClock();

        var import = await Import(registry.Url, Deposits.Sound(2), clock);

        Assert.Equal(0, import.ExitCode);
        Assert.Equal("2 rows: 2 registered, 0 changed, 0 merged, 0 already there, 0 refused, 0 failed.", import.Lines[^1]);
        Assert.Equal([3, 3], asked.Values);
        Assert.Equal(4, clock.Delays.Count(delay => delay == TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public async Task A_lost_answer_leads_to_one_effect_and_the_report_says_what_is_not_known()
    {
        await using var registry = await StandInRegistry.Start();
        var lost = 0;
        registry.After = (context, _) => Interlocked.Increment(ref lost) == 1 ? StandInRegistry.BreakOff(context) : Task.FromResult(false);

        var import = await Import(registry.Url, Deposits.Sound(1), new HastyClock());

        Assert.Equal(0, import.ExitCode);
        Assert.Equal(1, registry.Objects);
        Assert.Equal(2, registry.Requests.Count);
        Assert.Single(registry.Requests.Distinct());
        Assert.Equal(
            "2: Site 1: already there (the registry was asked 2 times, and an earlier attempt of this run may have registered it)", import.Lines[0]);
    }

    [Fact]
    public async Task One_object_on_which_the_registry_fails_does_not_stop_the_others()
    {
        await using var registry = await StandInRegistry.Start();
        registry.Before = (context, request) => request["name"].GetString() == "Site 2"
            ? StandInRegistry.Problem(context, 500, "internal")
            : Task.FromResult(false);

        var import = await Import(registry.Url, Deposits.Sound(12), new HastyClock());

        Assert.Equal(1, import.ExitCode);
        Assert.Equal(11, registry.Objects);
        Assert.Equal(6, registry.Requests.Count(request => request["name"].GetString() == "Site 2"));
        Assert.Equal("3: Site 2: failed (the registry failed: internal: The internal.)", import.Lines[1]);
    }

    [Fact]
    public async Task A_registry_that_went_away_stops_the_import_and_every_row_is_still_reported()
    {
        await using var registry = await StandInRegistry.Start();
        var answered = 0;
        registry.Before = (context, _) => Interlocked.Increment(ref answered) > 5 ? StandInRegistry.BreakOff(context) : Task.FromResult(false);

        var import = await Import(registry.Url, Deposits.Sound(90), new HastyClock());

        Assert.Equal(1, import.ExitCode);
        Assert.Equal("90 rows: 5 registered, 0 changed, 0 merged, 0 already there, 0 refused, 85 failed.", import.Lines[^1]);
        Assert.Contains(import.Lines, line => line.EndsWith("failed (it was not answered; import the file again)", StringComparison.Ordinal));
        Assert.Contains("There is no registry to talk to at ", import.Error, StringComparison.Ordinal);
        Assert.True(registry.Requests.Count < 5 + (8 * 6) + 8, "The import went on asking.");
    }

    [Fact]
    public async Task Where_nobody_listens_the_import_ends_with_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var import = await Import($"http://127.0.0.1:{port}", Deposits.Sound(1), new HastyClock());

        Assert.Equal(1, import.ExitCode);
        Assert.StartsWith($"There is no registry to talk to at http://127.0.0.1:{port}/deposits: ", import.Error, StringComparison.Ordinal);
        Assert.Single(import.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_key_that_is_not_accepted_stops_the_import_at_once()
    {
        await using var registry = await StandInRegistry.Start();
        registry.Before = (context, _) => StandInRegistry.Problem(context, 401, "unauthorized");

        var import = await Import(registry.Url, Deposits.Sound(90), new HastyClock());

        Assert.Equal(1, import.ExitCode);
        Assert.Contains("does not accept the key: unauthorized: The unauthorized.", import.Error, StringComparison.Ordinal);
        Assert.InRange(registry.Requests.Count, 1, 16);
    }

    [Fact]
    public async Task An_address_that_is_no_registry_is_not_taken_for_a_refusal()
    {
        await using var registry = await StandInRegistry.Start();
        registry.Before = (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.FromResult(true);
        };

        var import = await Import(registry.Url, Deposits.Sound(1), new HastyClock());

        Assert.Equal(1, import.ExitCode);
        Assert.Equal($"2: Site 1: failed ({registry.Url}/deposits answers 404 NotFound, which a registry does not)", import.Lines[0]);
    }

    [Fact]
    public async Task The_body_is_not_sent_on_to_another_address()
    {
        await using var registry = await StandInRegistry.Start();
        await using var other = await StandInRegistry.Start();
        registry.Before = (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = $"{other.Url}/deposits";
            return Task.FromResult(true);
        };

        var import = await Import(registry.Url, Deposits.Sound(1), new HastyClock());

        Assert.Equal(1, import.ExitCode);
        Assert.Empty(other.Requests);
    }

    private Task<Typed> Import(string url, string csv, HastyClock clock) => Typed.Run(
        clock, new() { ["REGISTRY_KEY"] = "rk_test" }, "import", "deposits", _directory.Write("d.csv", csv), "--url", url);
}
