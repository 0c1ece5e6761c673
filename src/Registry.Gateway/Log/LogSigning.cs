using Registry.Actors.Journal;
using Registry.Log.Notes;
using Registry.Log.Signing;
using Registry.Log.Witnesses;

namespace Registry.Gateway.Log;

/// <summary>
/// The signed checkpoints of the log. A checkpoint is signed when somebody asks for a receipt that needs it, so that a write costs nothing for
/// it, and every second while the log grows. In a cluster the one process that signs keeps it in the database for the others.
/// </summary>
/// <param name="published">What is signed.</param>
/// <param name="signer">Signs; null where this process does not.</param>
/// <param name="isShared">Whether other processes serve the log too.</param>
/// <param name="log">Where refusals are told.</param>
internal sealed partial class LogSigning(IPublicLog published, LogSigner? signer, bool isShared, ILogger<LogSigning> log) : BackgroundService
{
    /// <summary>Why there is no checkpoint.</summary>
    public const string Unsigned = "The log of this registry is not signed here, so that it gives no checkpoints and no receipts.";

    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _keeping = new(1);
    private readonly HashSet<string> _refusing = new(StringComparer.Ordinal);
    private string? _told;
    private SignedNote? _kept;
    // Where nobody has to be asked first, a receipt can be had from the first request on.
    private volatile bool _hasBegun = !isShared && signer is { Witnesses.Count: 0 };

    /// <summary>Whether this process signs.</summary>
    public bool Signs => signer is not null;

    /// <summary>Why the log is not signed any further, or which witness refuses it; null where all is well.</summary>
    public string? Refusal => signer?.Refusal ?? Witnesses.Where(IsRefusing).Select(InWords).FirstOrDefault();

    /// <summary>How many entries were signed last.</summary>
    public long Size => signer?.Latest.Size ?? 0;

    /// <summary>How it stands with the witnesses.</summary>
    public IReadOnlyList<WitnessReport> Witnesses => signer?.Witnesses ?? [];

    /// <summary>The newest checkpoint, over so many entries if they can be signed now; null where the log is not signed.</summary>
    /// <exception cref="IOException">The journal or the signer's state cannot be reached.</exception>
    public async ValueTask<SignedCheckpoint?> Over(long size, CancellationToken cancellation)
    {
        if (signer is null)
            return await published.Checkpoint() is { } kept ? SignedCheckpoint.Parse(kept) : null;
        if (_hasBegun && signer.Latest.Size < size)
            await Sign(size, cancellation);
        return signer.Latest;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        signer?.Dispose();
        _turn.Dispose();
        _keeping.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (signer is null)
            return;
        LogMeter.Begin(this);
        using var round = new PeriodicTimer(s_round);
        // Nothing is signed by a signer that found out at its start that it remembers less than was signed.
        do
        {
            await Guarded(async () =>
            {
                await signer.Begin(isShared ? await Kept() : null, stoppingToken);
                _hasBegun = true;
            });
        }
        while (!_hasBegun && await round.WaitForNextTickAsync(stoppingToken));
        // Apart, so that no witness holds up a signature.
        await Task.WhenAll(
            EachRound(round, () => Sign(long.MaxValue, stoppingToken), stoppingToken),
            AskWitnesses(signer, stoppingToken));
    }

    private async Task AskWitnesses(LogSigner asking, CancellationToken stopping)
    {
        using var round = new PeriodicTimer(s_round);
        await EachRound(
            round,
            async () =>
            {
                await asking.Cosign(stopping);
                TellOfWitnesses();
                await Keep(stopping);
            },
            stopping);
    }

    private async Task EachRound(PeriodicTimer round, Func<Task> work, CancellationToken stopping)
    {
        while (await round.WaitForNextTickAsync(stopping))
            await Guarded(work);
    }

    private async Task<SignedCheckpoint?> Kept()
    {
        try
        {
            return await published.Checkpoint() is { } kept ? SignedCheckpoint.Parse(kept) : null;
        }
        catch (FormatException damaged)
        {
            // The next one that is signed takes its place.
            LogDamaged(log, damaged);
            return null;
        }
    }

    // Each once, until it cosigns again.
    private void TellOfWitnesses()
    {
        foreach (var witness in Witnesses)
        {
            if (!IsRefusing(witness))
                _refusing.Remove(witness.Name);
            else if (_refusing.Add(witness.Name))
                LogRefused(log, InWords(witness));
        }
    }

    private static bool IsRefusing(WitnessReport witness) => witness.Standing == WitnessStanding.Refuses;

    private static string InWords(WitnessReport witness) => $"The witness {witness.Name} refuses this log: {witness.Words}";

    // Those who wait for their turn find that the one before them has signed for all.
    private async Task Sign(long size, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (signer!.Latest.Size >= size)
                return;
            var tree = await published.Frontier();
            if (tree.Size > 0)
                await signer.Sign(tree.Size, tree.Root, cancellation);
        }
        catch (SigningRefusedException refused)
        {
            Tell(refused.Message);
        }
        finally
        {
            _turn.Release();
        }

        await Keep(cancellation);
    }

    // One at a time, and always the latest, so that what readers find never goes back.
    private async Task Keep(CancellationToken cancellation)
    {
        if (!isShared)
            return;
        await _keeping.WaitAsync(cancellation);
        try
        {
            var latest = signer!.Latest.Note;
            if (latest == _kept)
                return;
            await published.KeepCheckpoint(latest.ToBytes());
            _kept = latest;
        }
        finally
        {
            _keeping.Release();
        }
    }

    private async Task Guarded(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (SigningRefusedException refused)
        {
            Tell(refused.Message);
        }
        catch (Exception fault) when (fault is IOException or JournalUnavailableException)
        {
            LogUnreached(log, fault);
        }
    }

    // Once, and not each second.
    private void Tell(string refusal)
    {
        if (Interlocked.Exchange(ref _told, refusal) != refusal)
            LogRefused(log, refusal);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The public log: {Refusal}")]
    private static partial void LogRefused(ILogger log, string refusal);

    [LoggerMessage(Level = LogLevel.Error, Message = "The checkpoint that is kept for readers cannot be read.")]
    private static partial void LogDamaged(ILogger log, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log could not be signed now.")]
    internal static partial void LogUnreached(ILogger log, Exception fault);
}
