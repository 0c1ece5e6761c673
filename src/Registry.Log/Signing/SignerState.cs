using Registry.Log.Files;
using Registry.Log.Notes;
using Registry.Log.Tree;

namespace Registry.Log.Signing;

/// <summary>
/// The last checkpoint that a log signed, in a file of its own that one process at a time holds. The file is that checkpoint with its
/// signatures, as anyone can fetch it: a copy of it that is kept elsewhere can be put in its place.
/// </summary>
public sealed class SignerState : IDisposable
{
    private readonly string _path;
    private readonly IDisposable _lock;

    private SignerState(string path, IDisposable held, SignedCheckpoint last) => (_path, _lock, Last) = (path, held, last);

    /// <summary>The last checkpoint that was signed, with the cosignatures that it has.</summary>
    public SignedCheckpoint Last { get; private set; }

    /// <summary>Begins a log: makes the state in which it has signed that it has no entries.</summary>
    /// <param name="path">A file that is not there.</param>
    /// <param name="keys">The log's keys.</param>
    /// <param name="now">The time that signatures of the kinds of cosignatures say.</param>
    /// <exception cref="IOException">There is a file, or it cannot be written.</exception>
    public static void Create(string path, IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        DurableFile.Create(path, SignedCheckpoint.Sign(new Checkpoint(keys[0].Verifier.Name, 0, TreeHash.OfEmptyTree), keys, now).Note.ToBytes());

    /// <summary>Puts a checkpoint in the place of a state that is not there: the one with which a log begins, or the newest that anybody kept.</summary>
    /// <param name="path">A file that is not there.</param>
    /// <param name="first">The file of the checkpoint.</param>
    /// <exception cref="IOException">There is a state, it cannot be written, or the checkpoint cannot be read.</exception>
    public static void Begin(string path, string first) => DurableFile.Create(path, DurableFile.Read(first, SignedNote.MostBytes));

    /// <summary>Opens the state of a log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">The log's keys.</param>
    /// <param name="retired">Keys that the log had; they sign no more, but may have signed the state.</param>
    /// <exception cref="SigningRefusedException">There is no file, another process holds it, or it is not this log's.</exception>
    public static SignerState Open(string path, IReadOnlyList<SigningKey> keys, IReadOnlyList<VerifierKey>? retired = null)
    {
        if (!File.Exists(path))
        {
            throw new SigningRefusedException($"There is no state of the signer at {path}. A new log begins with 'registry log key'. A log that "
                + "has signed before goes on from its last checkpoint: put the newest one that a copy of the log, a reader or a witness has there.");
        }

        IDisposable? held = null;
        try
        {
            held = DurableFile.Lock(path + ".lock");
            var last = SignedCheckpoint.Parse(DurableFile.Read(path, SignedNote.MostBytes));
            last.SignerAmong([.. keys.Select(key => key.Verifier), .. retired ?? []]);
            var state = new SignerState(path, held, last);
            held = null;
            return state;
        }
        catch (IOException fault)
        {
            throw new SigningRefusedException($"The signer's state {path} cannot be used, or another process signs with it: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is FormatException or NotProvenException)
        {
            throw new SigningRefusedException($"The signer's state {path} is not that of this log: {fault.Message}", fault);
        }
        finally
        {
            held?.Dispose();
        }
    }

    /// <summary>Makes a checkpoint the last one. When it returns, that is on the disk.</summary>
    /// <exception cref="IOException">It could not be written; the one before is the last one.</exception>
    internal void Save(SignedCheckpoint checkpoint)
    {
        DurableFile.Replace(_path, checkpoint.Note.ToBytes());
        Last = checkpoint;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
