using System.Diagnostics;
using Registry.Actors.Journal;
using Registry.Core.Countries;
using Registry.Core.Law;
using Registry.Gateway.Tests.Serving;
using Registry.Storage.Sqlite;

namespace Registry.Gateway.Tests.Hosting;

/// <summary>The program itself, as an operator starts it.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("registry-test-");

    public void Dispose() => _data.Delete(recursive: true);

    [Theory]
    [InlineData("Development", "http://0.0.0.0:0", "", "", "loopback")]
    [InlineData("Production", "http://127.0.0.1:0", "Registry__Sample", "atlantis", "atlantis")]
    [InlineData("Production", "http://127.0.0.1:0", "Registry__Regime", "xx", "xx")]
    public async Task A_registry_that_is_set_up_wrongly_says_why_and_ends(string environment, string urls, string name, string value, string said)
    {
        using var process = Start(environment, urls, (name, value));
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(2, process.ExitCode);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_whose_law_is_another_one_than_that_in_force_says_both_and_ends()
    {
        var adopted = LawEdition.Of(Regimes.Kazakhstan with { MostCells = 150 });
        await using (var journal = await SqliteJournal.Open(_data.FullName, TimeProvider.System))
            await new LawInForce(journal, adopted).Require();

        using var process = Start("Production", "http://127.0.0.1:0");
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(2, process.ExitCode);
        Assert.Contains($"In force is kz, edition {adopted.Hash}", error, StringComparison.Ordinal);
        Assert.Contains($"The law of this program is kz, edition {LawEdition.Of(Regimes.Kazakhstan).Hash}", error, StringComparison.Ordinal);
        await using var after = await SqliteJournal.Open(_data.FullName, TimeProvider.System);
        Assert.Equal(1, await after.Newest());
    }

    [Fact]
    public async Task What_was_accepted_is_there_after_SIGTERM_and_a_restart()
    {
        string id;
        using (var first = Start("Development", "http://127.0.0.1:0"))
        {
            var client = new RegistryClient(new HttpClient { BaseAddress = await Address(first) }, "dev-applicant-a");
            id = (await client.Apply(Bodies.FreshCells(2))).Id;
            using var terminate = Process.Start("kill", ["-TERM", $"{first.Id}"]);
            await first.WaitForExitAsync();
            Assert.Equal(0, first.ExitCode);
        }

        using var second = Start("Production", "http://127.0.0.1:0");
        var http = new HttpClient { BaseAddress = await Address(second) };
        Assert.Equal(id, (await new RegistryClient(http, null).Get($"/license-blocks/{id}")).Id);
        Assert.Equal(200, (await new RegistryClient(http, null).Get("/healthz/ready")).Status);
        // The keys that everybody knows open nothing elsewhere, even over a journal made in development.
        (await new RegistryClient(new HttpClient { BaseAddress = http.BaseAddress }, "dev-registrar").Get("/parties/party-dev-a"))
            .IsProblem(401, "unauthorized");
        second.Kill();
    }

    private Process Start(string environment, string urls, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--urls", urls])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _data.FullName,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["Registry__DataDirectory"] = _data.FullName;
        foreach (var (name, value) in settings)
        {
            if (name.Length > 0)
                start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    // Where it listens is said first, that it is ready after.
    private static async Task<Uri> Address(Process process)
    {
        const string listening = "Now listening on: ";
        Uri? address = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(listening, StringComparison.Ordinal) is >= 0 and var at)
                address = new Uri(line[(at + listening.Length)..]);
            if (line.Contains("Ready:", StringComparison.Ordinal) && address is not null)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return address;
            }
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
    }
}
