using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Journal;

namespace Registry.Storage;

/// <summary>
/// Commits together whatever waits together: one thread takes the pieces of work that have queued up, does them in one
/// transaction in the order in which they came, commits, and only then lets each one end.
/// </summary>
/// <remarks>
/// While one batch is being made durable the next one gathers, so a batch is as large as the storage is slow, and nobody waits
/// for a timer. A piece that throws leaves the others alone. When the storage refuses the batch, each piece of it is done again
/// in a transaction of its own, so that only the one at fault fails. When the storage fails, the whole batch ends with
/// <see cref="JournalUnavailableException"/>, for none of it may be acknowledged, and the next batch begins anew.
/// Owners never run on this thread.
/// </remarks>
/// <typeparam name="TTransaction">The transaction in which a batch is done.</typeparam>
internal sealed class GroupCommit<TTransaction> : IAsyncDisposable
    where TTransaction : class, IGroupTransaction
{
    private readonly Func<TTransaction> _begin;
    private readonly Action _committed;
    private readonly int _most;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Queue<Piece> _waiting = [];
    private readonly List<Piece> _batch = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;

    /// <param name="name">The name of the thread.</param>
    /// <param name="begin">Begins a transaction; called on the thread.</param>
    /// <param name="committed">Told after each commit, before the pieces end; called on the thread.</param>
    /// <param name="most">The most pieces in a batch.</param>
    /// <param name="log">Where failures of the storage are noted.</param>
    public GroupCommit(string name, Func<TTransaction> begin, Action committed, int most = 256, ILogger? log = null)
    {
        _begin = begin;
        _committed = committed;
        _most = most;
        _log = log ?? NullLogger.Instance;
        new Thread(Work) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Does a piece of work in the next batch. It may be done more than once, and all but the last are undone.</summary>
    /// <param name="work">The work.</param>
    /// <param name="announce">
    /// Tells the transaction what the work will ask of it, so that it can ask the storage for the whole batch at once. Called for
    /// every piece before any is done; must not throw.
    /// </param>
    /// <returns>Ends when the batch is durable, with what the work returned or threw.</returns>
    /// <exception cref="InvalidOperationException">The storage refused what the work wrote; nothing was written.</exception>
    /// <exception cref="JournalUnavailableException">The storage failed; the work may or may not have been done.</exception>
    /// <exception cref="ObjectDisposedException">It is closed; the work was not done.</exception>
    public Task<T> Do<T>(Func<TTransaction, T> work, Action<TTransaction>? announce = null)
    {
        var piece = new Piece<T>(work, announce);
        lock (_gate)
        {
            if (_closed)
                return Task.FromException<T>(new ObjectDisposedException(nameof(GroupCommit<>)));
            _waiting.Enqueue(piece);
            if (_waiting.Count == 1)
                _arrived.Release();
        }

        return piece.Task;
    }

    /// <summary>Takes no more work, does what was taken, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_closed)
                _arrived.Release();
            _closed = true;
        }

        await _ended.Task;
    }

    private void Work()
    {
        while (Take())
            DoBatch(_batch);
        _ended.SetResult();
    }

    private bool Take()
    {
        while (true)
        {
            lock (_gate)
            {
                _batch.Clear();
                while (_batch.Count < _most && _waiting.TryDequeue(out var piece))
                    _batch.Add(piece);
                if (_batch.Count > 0 || _closed)
                    return _batch.Count > 0;
            }

            _arrived.Wait();
        }
    }

    private void DoBatch(IReadOnlyList<Piece> batch)
    {
        TTransaction? transaction = null;
        var since = Stopwatch.GetTimestamp();
        try
        {
            do
                transaction = _begin();
            while (!DoPieces(batch, transaction));
            transaction.Commit();
        }
        catch (TransactionRefusedException refused)
        {
            _log.LogWarning(refused, "The storage refused {Count} changes together.", batch.Count);
            if (batch.Count == 1)
                batch[0].Refuse(refused);
            else
                DoEachAlone(batch);
            return;
        }
        catch (Exception fault)
        {
            _log.LogError(fault, "The storage failed; {Count} changes were not acknowledged.", batch.Count);
            transaction?.Abandon();
            foreach (var piece in batch)
                piece.Lose(fault);
            return;
        }

        JournalMeter.Committed(batch.Count, since);
        _committed();
        foreach (var piece in batch)
            piece.End();
    }

    private void DoEachAlone(IReadOnlyList<Piece> batch)
    {
        foreach (var piece in batch)
            DoBatch([piece]);
    }

    // A piece that throws may have written by half. That is a fault of its maker and rare, so that the others are done again
    // without it, rather than each of them paying for a savepoint.
    private static bool DoPieces(IReadOnlyList<Piece> batch, TTransaction transaction)
    {
        foreach (var piece in batch)
            piece.Announce(transaction);
        foreach (var piece in batch)
        {
            if (piece.Do(transaction))
                continue;
            transaction.Rollback();
            return false;
        }

        return true;
    }

    private abstract class Piece
    {
        /// <summary>Tells the transaction what the work will ask of it.</summary>
        public abstract void Announce(TTransaction transaction);

        /// <summary>Does the work, unless it threw before.</summary>
        /// <returns>False when it threw now.</returns>
        public abstract bool Do(TTransaction transaction);

        /// <summary>Lets its owner go on: the batch is durable.</summary>
        public abstract void End();

        /// <summary>Lets its owner go on: the storage refused this piece.</summary>
        public abstract void Refuse(TransactionRefusedException refused);

        /// <summary>Lets its owner go on: the storage failed.</summary>
        public abstract void Lose(Exception fault);
    }

    private sealed class Piece<T>(Func<TTransaction, T> work, Action<TTransaction>? announce) : Piece
    {
        private readonly TaskCompletionSource<T> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _thrown;

        public Task<T> Task => _end.Task;

        public override void Announce(TTransaction transaction) => announce?.Invoke(transaction);

        public override bool Do(TTransaction transaction)
        {
            if (_thrown is not null)
                return true;
            try
            {
                _result = work(transaction);
                return true;
            }
            catch (Exception thrown) when (thrown is not (JournalUnavailableException or TransactionRefusedException))
            {
                _thrown = thrown;
                return false;
            }
        }

        public override void End()
        {
            if (_thrown is not null)
                _end.SetException(_thrown);
            else
                _end.SetResult(_result!);
        }

        public override void Refuse(TransactionRefusedException refused) =>
            _end.SetException(new InvalidOperationException("The storage refused the change; nothing was written.", refused.InnerException));

        public override void Lose(Exception fault) =>
            _end.SetException(new JournalUnavailableException("The storage failed; the change may or may not be there.", fault));
    }
}
