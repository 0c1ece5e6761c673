using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Registry.Actors.Contracts;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Law;
using Registry.Formats.DepositTables;
using Registry.Gateway.Identity;
using Registry.Gateway.Sample;
using Registry.Grains.Hosting;
using Registry.Hosting;
using Registry.Sample;

namespace Registry.Gateway.Hosting;

/// <summary>
/// What happens between listening and answering, in this order: development keys and parties, sheets, sample. The journal was opened
/// before the port was, and its law held against this process's, so that a registry without one never listens.
/// </summary>
internal sealed class Startup(
    IServer server,
    IHostEnvironment environment,
    Regime regime,
    IJournal journal,
    IActors actors,
    DevelopmentKeys developmentKeys,
    RegistrySettings settings,
    Readiness readiness,
    ILogger<Startup> logger) : IHostedLifecycleService
{
    // Before anything is written or served: by another law than the one in force nothing may be decided.
    public Task StartingAsync(CancellationToken cancellationToken) =>
        LawAtStart.Require(journal, regime, fault => logger.LogWarning("The law in force is not known yet: {Fault}", fault));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
        {
            RequireLoopback();
            await RegisterDevelopmentParties();
            developmentKeys.PutInForce();
        }

        await LoadSheets(cancellationToken);
        if (settings.Sample is { } size)
            await RegisterSample(size, cancellationToken);
        readiness.Declare();
        logger.LogInformation("Ready: regime {Regime}, journal in {Directory}", regime.Code, Path.GetFullPath(settings.DataDirectory));
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A gateway may be up before the silos of its cluster are.
    private async Task LoadSheets(CancellationToken cancellation)
    {
        using var again = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (true)
        {
            try
            {
                await actors.LoadSheets(regime, cancellation);
                return;
            }
            catch (ActorUnavailableException fault)
            {
                logger.LogWarning("The sheets are not loaded yet: {Fault}", fault.InnerException?.Message ?? fault.Message);
                await again.WaitForNextTickAsync(cancellation);
            }
        }
    }

    private async Task RegisterSample(SampleSize size, CancellationToken cancellation)
    {
        var deposits = SampleDeposits.Read(regime);
        // A line each: half a hundred of them.
        foreach (var row in deposits.Rows.Where(row => row.Outcome != RowOutcome.Registered))
            logger.LogDebug("Sample deposits, {Row}", row);
        var country = SampleCountry.Generate(regime, deposits.Deposits, size);
        await new SampleRegistration(regime, actors).Register(country, cancellation);
        logger.LogInformation(
            "The sample country is there: {LicenseBlocks} license blocks, {Deposits} deposits, {Areas} restriction areas",
            country.LicenseBlocks.Count, country.Deposits.Count, country.Areas.Count);
    }

    // Asked of the server itself: only it knows what all the settings together made it listen on.
    private void RequireLoopback()
    {
        foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            var host = BindingAddress.Parse(address).Host;
            var isLoopback = host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
            if (!isLoopback)
            {
                throw new SettingException(
                    $"The Development environment has keys that everybody knows and may listen on loopback only, not on {address}. "
                    + "Set ASPNETCORE_ENVIRONMENT=Production, or --urls http://127.0.0.1:5080.");
            }
        }
    }

    private async Task RegisterDevelopmentParties()
    {
        foreach (var party in DevelopmentKeys.Parties)
        {
            if (await actors.Party(party.Id).Get() is not null)
                continue;
            // Under a key, since another gateway of the cluster may be doing the same.
            var request = new Request(Guid.NewGuid().ToString("N"), Caller.Registry, new RequestKey($"development/{party.Id}", "development"));
            var answer = await actors.Party(party.Id).Register(request, party);
            if (answer.Refusal is { } refusal)
                throw new InvalidOperationException($"The development party {party.Id} was refused: {refusal.Detail}");
        }
    }
}
