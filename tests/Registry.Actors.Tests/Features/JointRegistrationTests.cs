using System.Reflection;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Actors.Tests.Hosting;
using Registry.Actors.Titles;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Testing;

namespace Registry.Actors.Tests.Features;

public sealed class JointRegistrationTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public async Task A_sheet_that_does_not_hear_of_the_commit_learns_it_from_the_journal()
    {
        await using var country = await SmallCountry.Start(InProcessHost.Start);
        var cells = country.Cells(0, 0, 1, 1);
        var joint = new JointRegistration(new DeafToCommits(country.Actors), country.Journal, country.Regime, LawEdition.Of(country.Regime).Hash);

        await Assert.ThrowsAsync<ActorUnavailableException>(() => joint.Register("attempt", [New(country, cells)]));

        Assert.Single(await country.Journal.Read(0).ToListAsync());
        Assert.Equal(CellStatus.Applied, (await Sheet(country, cells).Look(cells[0])).Status);
    }

    [Fact]
    public async Task The_same_keys_again_register_nothing_more()
    {
        await using var country = await SmallCountry.Start(InProcessHost.Start);
        var cells = country.Cells(0, 0, 1, 1);
        var joint = new JointRegistration(country.Actors, country.Journal, country.Regime, LawEdition.Of(country.Regime).Hash);
        Assert.False((await joint.Register("first", [New(country, cells)])).IsRepeat);

        Assert.True((await joint.Register("second", [New(country, cells)])).IsRepeat);

        Assert.Single(await country.Journal.Read(0).ToListAsync());
        Assert.Equal("lb-1", (await Sheet(country, cells).Look(cells[0])).LicenseBlock);
    }

    [Fact]
    public async Task Ground_of_a_writer_that_vanishes_before_its_append_goes_to_the_next_in_line_and_a_late_append_commits_nothing()
    {
        await using var country = await SmallCountry.Start(InProcessHost.Start);
        var vanished = new Vanished(country);
        _ = vanished.Register(New(country, vanished.First), New(country, vanished.Second, "lb-2", "key-2"));
        await vanished.HasHeld;
        var next = country.Apply("lb-3", "b", vanished.Second);

        await vanished.SettledByTheSheets();

        Assert.Null((await next).Refusal);
        Assert.IsType<EpochPassed>((await vanished.Reach()).Refused);
        Assert.Equal(["lb-3"], (await country.Journal.Read(0).ToListAsync()).Select(entry => entry.Stream.Id));
        Assert.Equal(CellStatus.Free, (await country.Look(vanished.First[0])).Status);
        Assert.Equal("lb-3", (await country.Look(vanished.Second[0])).LicenseBlock);
    }

    [Fact]
    public async Task What_a_writer_appended_that_vanished_before_it_told_the_sheets_is_shown_by_all_of_them_and_registered_once()
    {
        await using var country = await SmallCountry.Start(InProcessHost.Start);
        var vanished = new Vanished(country);
        NewObject[] objects = [New(country, vanished.First), New(country, vanished.Second, "lb-2", "key-2")];
        _ = vanished.Register(objects);
        await vanished.HasHeld;
        var next = country.Apply("lb-3", "b", vanished.Second);
        Assert.Null((await vanished.Reach()).Refused);

        await vanished.SettledByTheSheets();

        Assert.Equal("lb-2", Assert.Single((await next).Refusal!.Conflicts).LicenseBlock);
        Assert.Equal("lb-1", (await country.Look(vanished.First[0])).LicenseBlock);
        Assert.Equal("lb-2", (await country.Look(vanished.Second[0])).LicenseBlock);
        Assert.True((await Joint(country).Register("after it", objects)).IsRepeat);
        Assert.Equal(["lb-1", "lb-2"], (await country.Journal.Read(0).ToListAsync()).Select(entry => entry.Stream.Id));
    }

    [Fact]
    public async Task Objects_whose_append_comes_through_while_they_are_asked_for_again_do_not_stand_in_their_own_way()
    {
        await using var country = await SmallCountry.Start(InProcessHost.Start);
        var vanished = new Vanished(country);
        NewObject[] objects = [New(country, vanished.First), New(country, vanished.Second, "lb-2", "key-2")];
        _ = vanished.Register(objects);
        await vanished.HasHeld;
        // It has seen that nothing is there under the keys, and waits for the ground.
        var again = Joint(country).Register("again", objects);
        Assert.Null((await vanished.Reach()).Refused);

        await vanished.SettledByTheSheets();

        Assert.True((await again) is { IsRepeat: true, Refusals: [] });
        Assert.Equal(2, (await country.Journal.Read(0).ToListAsync()).Count);
    }

    private static JointRegistration Joint(SmallCountry country) => new(country.Actors, country.Journal, country.Regime, LawEdition.Of(country.Regime).Hash);

    private static ISheet Sheet(SmallCountry country, CellSet cells) => country.Actors.Sheet(country.Regime.Graticule.SheetOf(cells[0]));

    private static NewObject New(SmallCountry country, CellSet cells, string id = "lb-1", string key = "key")
    {
        var apply = new Apply(LicenseBlockKind.Exploration, new Holder("a", "a", "KZ"), cells, null, ["copper"], QueueIfTaken: false);
        var (made, refusal) = NewObject.Of(country.Regime, id, new RequestKey(key, "fingerprint"), SmallCountry.Applicant("a"), apply, Today);
        return made ?? throw new InvalidOperationException(refusal!.Detail);
    }

    /// <summary>A writer over two sheets that stops before its append, and again before it tells the sheets: it is never heard of again.</summary>
    private sealed class Vanished(SmallCountry country) : ForwardedJournal(country.Journal)
    {
        private const string Attempt = "vanished";

        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<JointResult> _never = new();
        private IReadOnlyList<Append> _appends = [];

        public CellSet First { get; } = country.Cells(0, 0, 1, 1);

        public CellSet Second { get; } = country.Cells(-1, -1, 1, 1);

        /// <summary>Ends when the ground is held.</summary>
        public Task HasHeld => _held.Task;

        public Task<JointAnswer> Register(params NewObject[] objects) =>
            new JointRegistration(country.Actors, this, country.Regime, LawEdition.Of(country.Regime).Hash).Register(Attempt, objects);

        public override Task<JointResult> AppendAll(IReadOnlyList<Append> appends)
        {
            _appends = appends;
            _held.SetResult();
            return _never.Task;
        }

        /// <summary>What was on its way reaches the journal.</summary>
        public Task<JointResult> Reach() => country.Journal.AppendAll(_appends);

        /// <summary>What each sheet does when it has held ground for ten seconds.</summary>
        public async Task SettledByTheSheets()
        {
            foreach (var cells in new[] { First, Second })
                await Sheet(country, cells).Settle(new Settlement(Attempt, _appends[0].Stream, null, IsKnown: false));
        }
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
