using System.Globalization;
using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Json;
using Registry.Core.Parties;
using Registry.Log.Notes;
using Registry.Log.Signing;
using Registry.Log.Tiles;
using Registry.Log.Tree;
using Registry.Simulation.Running;
using Registry.Storage;
using Registry.Storage.InMemory;

namespace Registry.Simulation.Signing;

/// <summary>
/// The life of one signer beside a journal, under one seed: it is killed between commit, tree and signature, and as it writes its state; the journal is
/// put back to an older copy and goes on otherwise. For no size may two roots ever be signed.
/// </summary>
/// <param name="seed">Decides everything that happens.</param>
/// <param name="forgets">A planted fault: an older copy of the state is put back together with one of the journal.</param>
internal sealed class SignerLife(long seed, bool forgets = false) : IDisposable
{
    private static readonly SigningKey s_key = SigningKey.Generate("registry.simulated/draft", SignatureKind.Ed25519);
    private readonly Choices _choices = new(seed);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("registry-signer-");
    private readonly List<Append> _history = [];
    private readonly Dictionary<long, TreeHash> _signed = [];
    private InMemoryJournal _journal = null!;
    private LogSigner? _signer;
    private KillableTiles _tiles = null!;
    private byte[] _olderState = [];
    private int _written;

    /// <summary>How often the signer was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How often it refused to sign.</summary>
    public int Refusals { get; private set; }

    /// <summary>How many checkpoints it signed.</summary>
    public int Checkpoints => _signed.Count;

    /// <summary>What must not have happened.</summary>
    public List<string> Violations { get; } = [];

    private string StatePath => Path.Combine(_directory.FullName, "state");

    /// <summary>Lives through so many steps.</summary>
    public async Task Run(int steps)
    {
        SignerState.Create(StatePath, [s_key], DateTimeOffset.UnixEpoch);
        _olderState = await File.ReadAllBytesAsync(StatePath);
        _journal = await Replay(0);
        await Restart();
        for (var step = 0; step < steps; step++)
        {
            switch (_choices.Below(12))
            {
                case < 4:
                    await Write(_choices.Below(6) == 0 ? 300 : 1 + _choices.Below(20));
                    break;
                case < 9:
                    await Sign();
                    break;
                case 9:
                    // Between commit and signature.
                    await Kill();
                    break;
                case 10:
                    _olderState = await File.ReadAllBytesAsync(StatePath);
                    break;
                default:
                    await GoBack();
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _signer?.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task Sign()
    {
        var tree = await _journal.Frontier();
        // More is committed between the look at the tree and the signature.
        if (_choices.Below(3) == 0)
            await Write(1 + _choices.Below(5));
        _tiles.ReadsLeft = _choices.Below(4) == 0 ? _choices.Below(6) : int.MaxValue;
        try
        {
            if (tree.Size > 0)
                await _signer!.Sign(tree.Size, tree.Root);
        }
        catch (SigningRefusedException)
        {
            Refusals++;
            return;
        }
        catch (KilledException)
        {
            await Kill();
            return;
        }

        Witness();
        // It has signed, and dies before anybody heard of it.
        if (_choices.Below(4) == 0)
            await Kill();
        else
            await _journal.KeepCheckpoint(_signer!.Latest.Note.ToBytes());
    }

    private async Task Kill()
    {
        Kills++;
        _signer?.Dispose();
        _signer = null;
        // It died as it wrote: what was half written lies beside the state.
        if (_choices.Below(3) == 0)
        {
            var state = await File.ReadAllBytesAsync(StatePath);
            await File.WriteAllBytesAsync(StatePath + ".new", state[.._choices.Below(state.Length)]);
        }

        await Restart();
    }

    private async Task Restart()
    {
        _tiles = new KillableTiles(new JournalTiles(_journal));
        _signer = new LogSigner(_tiles, SignerState.Open(StatePath, [s_key]), [s_key], [], TimeProvider.System);
        Witness();
        try
        {
            await _signer.Begin(!forgets && await _journal.Checkpoint() is { } kept ? SignedCheckpoint.Parse(kept) : null);
        }
        catch (SigningRefusedException refused)
        {
            Violations.Add($"A signer that only was killed does not begin: {refused.Message}");
        }
    }

    // An older copy of the journal takes its place, and goes on with other entries.
    private async Task GoBack()
    {
        if (_history.Count == 0)
            return;
        var kept = _choices.Below(_history.Count);
        var (whole, lost) = (_journal, _history[kept..]);
        _history.RemoveRange(kept, lost.Count);
        _journal = await Replay(kept);
        if (forgets)
        {
            _signer!.Dispose();
            await File.WriteAllBytesAsync(StatePath, _olderState);
        }

        await Kill();
        await Write(1 + _choices.Below(2 * lost.Count + 10));
        await Sign();
        await Sign();
        if (forgets || kept >= _signer!.Latest.Size)
            return; // what was lost was in no checkpoint: nobody can know
        _history.RemoveRange(kept, _history.Count - kept);
        _history.AddRange(lost);
        _journal = whole;
        await Kill();
    }

    private async Task Write(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _history.Add(Registration(++_written));
            await Commit(_journal, _history[^1]);
        }
    }

    // The same appends make the same bytes: salts follow from the seed, and the clock stands.
    private async Task<InMemoryJournal> Replay(int count)
    {
        var journal = new InMemoryJournal(new StillClock(), new SeededSalts(seed));
        foreach (var append in _history.Take(count))
            await Commit(journal, append);
        return journal;
    }

    private static async Task Commit(InMemoryJournal journal, Append append)
    {
        if (await journal.Append(append) is not Committed)
            throw new InvalidOperationException("A registration was not committed.");
    }

    // What a reader could have: whatever stands in the state.
    private void Witness()
    {
        var last = SignedCheckpoint.Parse(File.ReadAllBytes(StatePath));
        if (_signed.TryGetValue(last.Size, out var root) && root != last.Root)
            Violations.Add(string.Create(CultureInfo.InvariantCulture, $"Two roots were signed for {last.Size} entries."));
        _signed[last.Size] = last.Root;
    }

    private static Append Registration(int number)
    {
        var party = new PartyState { Id = string.Create(CultureInfo.InvariantCulture, $"p-{number}"), Name = "Made-up", Kind = PartyKind.Company, Country = "KZ" };
        return new Append
        {
            Stream = new StreamId(Collection.Parties, party.Id),
            Version = 1,
            Event = JsonSerializer.SerializeToUtf8Bytes<PartyEvent>(new PartyRegistered(party), CoreJson.Default.PartyEvent),
            By = new Caller("simulation", Role.Registrar),
            State = JsonSerializer.SerializeToUtf8Bytes(party, CoreJson.Default.PartyState),
        };
    }

    /// <summary>Tiles of which so many are read before the reader dies.</summary>
    private sealed class KillableTiles(ITileSource tiles) : ITileSource
    {
        public int ReadsLeft { get; set; } = int.MaxValue;

        public ValueTask<ReadOnlyMemory<byte>?> Read(TileCoordinates tile, CancellationToken cancellation = default) =>
            ReadsLeft-- > 0 ? tiles.Read(tile, cancellation) : throw new KilledException();
    }

    private sealed class KilledException : Exception;

    private sealed class StillClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
