using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Hosting;
using Registry.Core.Countries;
using Registry.Gateway.Sample;
using Registry.Gateway.Tests.Acceptance;
using Registry.Sample;
using Registry.Storage.Sqlite;

namespace Registry.Benchmarks;

/// <summary>The full country that the parts are measured on: made once, then kept under <c>artifacts/</c>.</summary>
internal static class Country
{
    private static readonly string Root = System.IO.Directory.CreateDirectory(Path.Combine("artifacts", "bench")).FullName;

    /// <summary>Where scripts of the load generator go.</summary>
    public static string Scratch { get; } = System.IO.Directory.CreateDirectory(Path.Combine(Root, "scratch")).FullName;

    /// <summary>An empty data directory on the disk that is measured.</summary>
    public static string NewDirectory()
    {
        var directory = Path.Combine(Scratch, Path.GetRandomFileName());
        return System.IO.Directory.CreateDirectory(directory).FullName;
    }

    /// <summary>The data directory of the full country.</summary>
    public static async Task<string> Directory()
    {
        var directory = Path.Combine(Root, "country");
        var regime = Regimes.Kazakhstan;
        await using var journal = await SqliteJournal.Open(directory, TimeProvider.System, NullLogger.Instance);
        await using var actors = new InProcessActors(regime, journal, TimeProvider.System, NullLoggerFactory.Instance);
        var country = SampleCountry.Generate(regime, SampleDeposits.Read(regime).Deposits, SampleSize.Full);
        await new SampleRegistration(regime, actors).Register(country, CancellationToken.None);
        return directory;
    }

    /// <summary>Starts a registry over the full country, and waits until it is ready.</summary>
    public static async Task<RegistryProcess> Start() => await RegistryProcess.Start(await Directory());
}
