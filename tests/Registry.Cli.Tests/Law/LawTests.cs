using Registry.Actors.Journal;
using Registry.Core.Countries;
using Registry.Core.Law;

namespace Registry.Cli.Tests.Law;

public sealed class LawTests
{
    private static readonly string s_edition = LawEdition.Of(Regimes.Kazakhstan).Hash;
    private static readonly LawEdition s_older = LawEdition.Of(Regimes.Kazakhstan with { MostCells = 150 });

    [Fact]
    public async Task An_operator_sees_that_another_law_is_in_force_and_puts_this_release_s_in_its_place()
    {
        using var directory = await TestJournal.Make();
        await using var running = await directory.Open();
        await new LawInForce(running, s_older).Require();

        var before = await Run(directory, "show");
        var adopted = await Run(directory, "adopt");
        var again = await Run(directory, "adopt");
        var after = await Run(directory, "show");

        Assert.Equal((0, 0, 0, 0), (before.ExitCode, adopted.ExitCode, again.ExitCode, after.ExitCode));
        Assert.Contains(s_older.Hash, before.Output, StringComparison.Ordinal);
        Assert.Contains(s_edition, before.Output, StringComparison.Ordinal);
        Assert.Equal($"In force from now on: kz, edition {s_edition}.", Assert.Single(adopted.Lines));
        Assert.Equal($"kz, edition {s_edition}, is in force already.", Assert.Single(again.Lines));
        Assert.DoesNotContain(s_older.Hash, after.Output, StringComparison.Ordinal);
        await new LawInForce(running, LawEdition.Of(Regimes.Kazakhstan)).Require();
        var entries = await running.History(new StreamId(Collection.Law, "kz")).ToListAsync();
        Assert.Equal([Registry.Core.Role.Registry, Registry.Core.Role.Operator], entries.Select(entry => entry.By.Role));
    }

    [Fact]
    public async Task A_regime_that_is_not_known_is_said_to_be_unknown()
    {
        using var directory = await TestJournal.Make();

        var unknown = await Run(directory, "adopt", "--regime", "zz");

        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("There is no regime 'zz', only kz.", unknown.Error, StringComparison.Ordinal);
    }

    private static Task<Typed> Run(TestJournal directory, string command, params string[] more) =>
        Typed.Run(["law", command, "--data", directory.Directory, .. more]);
}
