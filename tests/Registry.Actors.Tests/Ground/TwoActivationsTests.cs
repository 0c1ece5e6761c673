using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Actors.Titles;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Titles;

namespace Registry.Actors.Tests.Ground;

/// <summary>Two activations of one sheet, as there are for a while when a silo was cut off, or thought dead.</summary>
public sealed class TwoActivationsTests : IAsyncLifetime
{
    private static readonly Holder Holder = new("a", "a", "KZ");

    private SmallCountry _country = null!;
    private CellSet _cells = null!;
    private Sheet _stale = null!;
    private Sheet _newer = null!;

    public async Task InitializeAsync()
    {
        _country = await SmallCountry.Start(_ => Task.FromResult<IActorsHost>(new Nobody()));
        _cells = _country.Cells(0, 0, 2, 2);
        _stale = await Activate();
        _newer = await Activate();
    }

    public async Task DisposeAsync()
    {
        _stale.Dispose();
        _newer.Dispose();
        await _country.DisposeAsync();
    }

    [Fact]
    public async Task An_append_that_relies_on_the_stale_one_is_refused_by_its_epoch_and_the_stale_one_retires()
    {
        Assert.Null((await Apply("lb-1", _newer)).Refusal);

        // The stale one holds the ground as free; its word no longer commits.
        await Assert.ThrowsAsync<ActorUnavailableException>(() => Apply("lb-2", _stale));

        Assert.True(_stale.IsRetired);
        Assert.False(_newer.IsRetired);
        var title = Assert.Single(await _country.Journal.Read(0).ToListAsync());
        Assert.Equal("lb-1", title.Stream.Id);
        Assert.Equal(RefusalKind.GroundTaken, (await Apply("lb-2", _newer)).Refusal!.Kind);
    }

    [Fact]
    public async Task The_stale_one_shows_stale_ground_until_it_looks_at_its_epoch_and_nothing_after()
    {
        await Apply("lb-1", _newer);
        Assert.Equal(CellStatus.Free, (await _stale.Look(_cells[0])).Status);

        await _stale.RetireIfFollowed();

        Assert.True(_stale.IsRetired);
        await Assert.ThrowsAsync<ActorUnavailableException>(() => _stale.Look(_cells[0]));
    }

    [Fact]
    public async Task The_newer_one_goes_on_however_often_it_looks()
    {
        await Apply("lb-1", _newer);
        await _newer.RetireIfFollowed();
        await _newer.RetireIfFollowed();

        Assert.Equal("lb-1", (await _newer.Look(_cells[0])).LicenseBlock);
    }

    private async Task<Sheet> Activate()
    {
        var sheet = new Sheet(
            _country.Regime.Graticule.SheetOf(_cells[0]), _country.Regime, _country.Journal, _country.Clock, new PastSheets(),
            NullLogger<Sheet>.Instance);
        await sheet.Activate();
        return sheet;
    }

    /// <summary>An application of a license block that reaches this activation of the sheet, and no other.</summary>
    private Task<Answer<LicenseBlockState>> Apply(string id, ISheet sheet)
    {
        var ports = new ActorPorts(_country.Regime, _country.Journal, new OneSheet(sheet), _country.Clock);
        return new LicenseBlock(id, ports).Carry(
            _country.By(SmallCountry.Applicant("a")),
            new Apply(LicenseBlockKind.Exploration, Holder, _cells, null, ["copper"], QueueIfTaken: false));
    }

    private sealed class OneSheet(ISheet reached) : IActors
    {
        public ISheet Sheet(SheetId sheet) => reached;

        public IImport Import(string id) => throw new NotSupportedException();

        public ILicenseBlock LicenseBlock(string id) => throw new NotSupportedException();

        public IDeposit Deposit(string id) => throw new NotSupportedException();

        public IArea Area(string id) => throw new NotSupportedException();

        public IParty Party(string id) => throw new NotSupportedException();
    }

    private sealed class Nobody : IActorsHost
    {
        public IActors Actors => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
