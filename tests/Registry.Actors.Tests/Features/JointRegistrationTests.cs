using System.Reflection;
using Registry.Actors.Features;
using Registry.Actors.Ground;
using Registry.Actors.Imports;
using Registry.Actors.Journal;
using Registry.Actors.Tests.Hosting;
using Registry.Core.Ground;
using Registry.Core.Titles;

namespace Registry.Actors.Tests.Features;

public sealed class JointRegistrationTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public async Task A_sheet_that_does_not_hear_of_the_commit_learns_it_from_the_journal()
    {
        await using var country = await SmallCountry.Start(InProcessHost.Start);
        var cells = country.Cells(0, 0, 1, 1);
        var joint = new JointRegistration(new DeafToCommits(country.Actors), country.Journal, country.Journal, country.Regime);

        await Assert.ThrowsAsync<ActorUnavailableException>(() => joint.Register("attempt", [New(country, cells)]));

        Assert.Single(await country.Journal.Read(0).ToListAsync());
        Assert.Equal(CellStatus.Applied, (await Sheet(country, cells).Look(cells[0])).Status);
    }

    [Fact]
    public async Task The_same_keys_again_register_nothing_more()
    {
        await using var country = await SmallCountry.Start(InProcessHost.Start);
        var cells = country.Cells(0, 0, 1, 1);
        var joint = new JointRegistration(country.Actors, country.Journal, country.Journal, country.Regime);
        Assert.False((await joint.Register("first", [New(country, cells)])).IsRepeat);

        Assert.True((await joint.Register("second", [New(country, cells)])).IsRepeat);

        Assert.Single(await country.Journal.Read(0).ToListAsync());
        Assert.Equal("lb-1", (await Sheet(country, cells).Look(cells[0])).LicenseBlock);
    }

    private static ISheet Sheet(SmallCountry country, CellSet cells) => country.Actors.Sheet(country.Regime.Graticule.SheetOf(cells[0]));

    private static NewObject New(SmallCountry country, CellSet cells)
    {
        var apply = new Apply(LicenseBlockKind.Exploration, new Holder("a", "a", "KZ"), cells, null, ["copper"], QueueIfTaken: false);
        var (made, refusal) = NewObject.Of(country.Regime, "lb-1", new RequestKey("key", "fingerprint"), SmallCountry.Applicant("a"), apply, Today);
        return made ?? throw new InvalidOperationException(refusal!.Detail);
    }

    /// <summary>Actors whose sheets lose every message that says what was written.</summary>
    private sealed class DeafToCommits(IActors others) : IActors
    {
        public ILicenseBlock LicenseBlock(string id) => others.LicenseBlock(id);

        public IDeposit Deposit(string id) => others.Deposit(id);

        public IArea Area(string id) => others.Area(id);

        public IParty Party(string id) => others.Party(id);

        public IImport Import(string id) => others.Import(id);

        public ISheet Sheet(SheetId sheet)
        {
            var deaf = DispatchProxy.Create<ISheet, DeafSheet>();
            ((DeafSheet)(object)deaf).Heard = others.Sheet(sheet);
            return deaf;
        }
    }

    /// <summary>Made by the runtime.</summary>
    public class DeafSheet : DispatchProxy
    {
        public ISheet Heard { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => args is [Settlement { Object: not null }]
            ? Task.FromException(new ActorUnavailableException("The message was lost."))
            : targetMethod!.Invoke(Heard, args);
    }
}
