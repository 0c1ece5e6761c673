using Registry.Actors.Journal;
using Registry.Log.Checkpoints;
using Registry.Log.Notes;
using Registry.Log.Signing;

namespace Registry.Gateway.Log;

/// <summary>
/// The signed checkpoints of the log. A checkpoint is signed when somebody asks for a receipt that needs it, so that a write costs nothing for
/// it, and every second while the log grows. In a cluster the one process that signs keeps it in the database for the others.
/// </summary>
/// <param name="published">What the journal publishes.</param>
/// <param name="signer">Signs; null where this process does not.</param>
/// <param name="isShared">Whether other processes serve the log too.</param>
/// <param name="log">Where refusals are told.</param>
internal sealed partial class LogSigning(IPublicLog published, LogSigner? signer, bool isShared, ILogger<LogSigning> log) : BackgroundService
{
    /// <summary>Why there is no checkpoint.</summary>
    public const string Unsigned = "The log of this registry is not signed here, so that it gives no checkpoints and no receipts.";

    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _turn = new(1);
    private string? _told;
    private SignedNote? _kept;

    /// <summary>The newest checkpoint, over so many entries if they can be signed now; null where the log is not signed.</summary>
    /// <exception cref="IOException">The journal or the signer's state cannot be reached.</exception>
    public async ValueTask<SignedCheckpoint?> Over(long size, CancellationToken cancellation)
    {
        if (signer is null)
            return await published.Checkpoint() is { } kept ? SignedCheckpoint.Parse(kept) : null;
        if (signer.Latest.Size < size)
            await Sign(size, cancellation);
        return signer.Latest;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        signer?.Dispose();
        _turn.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (signer is null)
            return;
        await Guarded(() => signer.Begin(stoppingToken));
        using var round = new PeriodicTimer(s_round);
        while (await round.WaitForNextTickAsync(stoppingToken))
        {
            await Guarded(async () =>
            {
                await Sign(long.MaxValue, stoppingToken);
                await Keep(await signer.Cosign(stoppingToken));
            });
        }
    }

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
                await Keep(await signer.Sign(tree.Size, tree.Root, cancellation));
        }
        catch (SigningRefusedException refused)
        {
            Tell(refused.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask Keep(SignedCheckpoint checkpoint)
    {
        if (!isShared || checkpoint.Note == _kept)
            return;
        await published.KeepCheckpoint(checkpoint.Note.ToBytes());
        _kept = checkpoint.Note;
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

    [LoggerMessage(Level = LogLevel.Critical, Message = "The log is not signed any further: {Refusal}")]
    private static partial void LogRefused(ILogger log, string refusal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log could not be signed now.")]
    internal static partial void LogUnreached(ILogger log, Exception fault);
}
