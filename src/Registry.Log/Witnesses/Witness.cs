using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Registry.Log.Files;
using Registry.Log.Notes;
using Registry.Log.Tree;

namespace Registry.Log.Witnesses;

/// <summary>
/// A witness of logs (c2sp.org/tlog-witness): it cosigns a checkpoint only if that continues the last one it cosigned of the log, which it keeps
/// on the disk before it answers. It needs no network and knows no entry. Safe for concurrent use.
/// </summary>
public sealed class Witness : IDisposable
{
    private const string CheckpointFile = "checkpoint";
    private const string ForkFile = "fork";
    private const string PlainText = "text/plain; charset=utf-8";

    private readonly SigningKey _key;
    private readonly VerifierKey[] _logs;
    private readonly string _directory;
    private readonly TimeProvider _clock;
    private readonly IDisposable _held;
    private readonly Dictionary<string, SignedCheckpoint> _last = new(StringComparer.Ordinal);
    private readonly Lock _turn = new();

    /// <param name="key">The witness's key, of a kind that cosigns.</param>
    /// <param name="logs">The keys of the logs that it watches; the name of each is the origin.</param>
    /// <param name="directory">Where it keeps what it saw. It is made where it is not there, and one process at a time uses it.</param>
    /// <param name="clock">The time that cosignatures say.</param>
    /// <exception cref="ArgumentException">The key does not cosign.</exception>
    /// <exception cref="IOException">The directory cannot be used, or another process uses it.</exception>
    /// <exception cref="FormatException">What it kept is damaged.</exception>
    /// <exception cref="NotProvenException">What it kept is not genuine.</exception>
    public Witness(SigningKey key, IEnumerable<VerifierKey> logs, string directory, TimeProvider clock)
    {
        if (key.Verifier.Kind == SignatureKind.Ed25519)
            throw new ArgumentException($"The key of {key.Verifier.Name} is a log's; a witness needs a key that cosigns.", nameof(key));
        (_key, _logs, _directory, _clock) = (key, [.. logs], directory, clock);
        Directory.CreateDirectory(directory);
        _held = DurableFile.Lock(Path.Combine(directory, "lock"));
        try
        {
            foreach (var origin in _logs.Select(log => log.Name).Distinct().Where(origin => File.Exists(FileOf(origin, CheckpointFile))))
                _last.Add(origin, Load(origin));
        }
        catch
        {
            _held.Dispose();
            throw;
        }
    }

    /// <summary>Answers the request <c>add-checkpoint</c>.</summary>
    /// <param name="body">The request's body, which may be anything.</param>
    /// <exception cref="IOException">The state cannot be written; nothing was cosigned.</exception>
    public WitnessAnswer Add(ReadOnlySpan<byte> body)
    {
        AddCheckpoint request;
        try
        {
            request = AddCheckpoint.Parse(body);
        }
        catch (FormatException fault)
        {
            return Refused(400, fault.Message);
        }

        VerifierKey[] keys = [.. _logs.Where(log => log.Name == request.Checkpoint.Origin)];
        if (keys.Length == 0)
            return Refused(404, "This witness does not know the log.");
        try
        {
            request.Checkpoint.SignerAmong(keys);
        }
        catch (NotProvenException fault)
        {
            return Refused(403, fault.Message);
        }

        if (request.OldSize > request.Checkpoint.Size)
            return Refused(400, "The old size is greater than the checkpoint's.");
        lock (_turn)
            return Cosign(request);
    }

    /// <summary>The last checkpoint that it cosigned of a log, for monitors; null where there is none.</summary>
    /// <param name="originHash">SHA-256 of the log's origin in lowercase hex.</param>
    public byte[]? Latest(string originHash)
    {
        lock (_turn)
            return _last.FirstOrDefault(log => HashOf(log.Key) == originHash).Value?.Note.ToBytes();
    }

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();

    private WitnessAnswer Cosign(AddCheckpoint request)
    {
        var shown = request.Checkpoint;
        var last = _last.GetValueOrDefault(shown.Origin);
        var (lastSize, lastRoot) = last is null ? (0, TreeHash.OfEmptyTree) : (last.Size, last.Root);
        if (request.OldSize != lastSize)
            return new WitnessAnswer(409, AddCheckpoint.SizeMediaType, string.Create(CultureInfo.InvariantCulture, $"{lastSize}\n"));
        if (!MerkleProof.IsConsistent(lastSize, lastRoot, shown.Size, shown.Root, [.. request.Proof]))
        {
            // Two signed roots of one size: the log itself has proven that it forked. The first proof of it is kept for everybody.
            if (last is not null && shown.Size == lastSize && !File.Exists(FileOf(shown.Origin, ForkFile)))
                DurableFile.Create(FileOf(shown.Origin, ForkFile), Encoding.UTF8.GetBytes($"{last.Note}\n{shown.Note}"));
            return Refused(422, string.Create(CultureInfo.InvariantCulture,
                $"The checkpoint of {shown.Size} entries is not shown to continue the {lastSize} entries that this witness has cosigned."));
        }

        var cosignature = _key.Sign(shown.Note.Text, _clock.GetUtcNow());
        // Kept with the log's own signatures and this one; what others signed is theirs to keep.
        var kept = shown.OfSigners(signature => _logs.Any(log => log.IsClaimedBy(signature))).With([cosignature]);
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(shown.Origin, CheckpointFile))!);
        DurableFile.Replace(FileOf(shown.Origin, CheckpointFile), kept.Note.ToBytes());
        _last[shown.Origin] = kept;
        return new WitnessAnswer(200, PlainText, $"{cosignature}\n");
    }

    private SignedCheckpoint Load(string origin)
    {
        var kept = SignedCheckpoint.Parse(DurableFile.Read(FileOf(origin, CheckpointFile), SignedNote.MostBytes));
        return kept.Origin == origin && kept.CosignaturesBy([_key.Verifier], DateTimeOffset.MaxValue - SignedCheckpoint.ClockTolerance).Count > 0
            ? kept
            : throw new NotProvenException($"The checkpoint that is kept for {origin} was not cosigned by {_key.Verifier.Name}.");
    }

    private string FileOf(string origin, string name) => Path.Combine(_directory, HashOf(origin), name);

    private static string HashOf(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    private static WitnessAnswer Refused(int status, string words) => new(status, PlainText, words + "\n");
}

/// <summary>What a witness answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">The body.</param>
public sealed record WitnessAnswer(int Status, string ContentType, string Body);
