using Registry.Actors.Journal;
using Registry.Core;

namespace Registry.Storage.Tests.Journals;

/// <summary>What every journal promises; one run of it for each.</summary>
public abstract partial class JournalContract : IAsyncLifetime
{
    private IJournal? _journal;

    private protected ManualClock Clock { get; } = new();

    private protected IJournal Journal => _journal!;

    private protected IKeyring Keyring => _journal!;

    private protected IPublicLog PublicLog => _journal!;

    public virtual async Task InitializeAsync() => _journal = await Open(Clock);

    public virtual async Task DisposeAsync() => await Journal.DisposeAsync();

    private protected abstract Task<IJournal> Open(TimeProvider clock);

    private protected async Task<Committed> Commit(Append append) => Assert.IsType<Committed>(await Journal.Append(append));

    private protected async Task<IReadOnlyDictionary<int, string>> ClaimsByPlace()
    {
        var claims = new SortedDictionary<int, string>();
        await foreach (var (cell, stream) in Journal.Claims())
            claims.Add((int)(cell.Key - Filings.Place(0).Key), stream.Id);
        return claims;
    }

    private protected async Task<List<Entry>> Entries() => await Journal.Read(0).ToListAsync();

    private static Stamp StampAt(long sequence, DateTimeOffset at) => new(sequence, at);
}
