using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Registry.Actors.Contracts;
using Registry.Actors.Imports;
using Registry.Actors.Journal;
using Registry.Actors.Titles;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Actors.Hosting;

/// <summary>
/// Runs every actor in this process: one activation each, on an exclusive scheduler of its own. Sheets stay; the actors of other
/// objects are dropped when many are idle, and load themselves from the journal when they are next asked.
/// </summary>
public sealed class InProcessActors : IActors, IDispatcher, IAsyncDisposable
{
    private const int MostIdleObjects = 20_000;

    private readonly References _references;
    private readonly ActorFactory _factory;
    private readonly ConcurrentDictionary<StreamId, ObjectActivation> _objects = new();
    private readonly ConcurrentDictionary<SheetId, SheetActivation> _sheets = new();
    private readonly ConcurrentDictionary<string, ImportActivation> _imports = new(StringComparer.Ordinal);
    private int _running;
    private int _activations;
    private int _isDisposed;
    private volatile TaskCompletionSource? _drained;

    /// <param name="regime">The law.</param>
    /// <param name="journal">The truth. The host does not dispose it.</param>
    /// <param name="clock">The registry's clock.</param>
    /// <param name="loggers">Where actors tell faults of ours.</param>
    public InProcessActors(Regime regime, IJournal journal, TimeProvider clock, ILoggerFactory loggers)
    {
        _references = new References(this);
        _factory = new ActorFactory(new ActorPorts(regime, journal, this, clock), loggers);
    }

    /// <inheritdoc/>
    public ILicenseBlock LicenseBlock(string id) => _references.LicenseBlock(id);

    /// <inheritdoc/>
    public IDeposit Deposit(string id) => _references.Deposit(id);

    /// <inheritdoc/>
    public IArea Area(string id) => _references.Area(id);

    /// <inheritdoc/>
    public IParty Party(string id) => _references.Party(id);

    /// <inheritdoc/>
    public ISheet Sheet(SheetId sheet) => _references.Sheet(sheet);

    /// <inheritdoc/>
    public IImport Import(string id) => _references.Import(id);

    /// <inheritdoc/>
    public async Task<TResult> ToObject<TActor, TResult>(StreamId stream, Func<TActor, Task<TResult>> message)
        where TActor : class
    {
        Interlocked.Increment(ref _running);
        try
        {
            if (!_objects.TryGetValue(stream, out var activation))
                activation = Activate(stream);
            return await activation.Post(message);
        }
        finally
        {
            if (Interlocked.Decrement(ref _running) == 0)
                _drained?.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public Task<TResult> ToSheet<TResult>(SheetId sheet, Func<ISheet, Task<TResult>> message)
    {
        var activation = SheetOf(sheet);
        return activation.Activate().IsCompletedSuccessfully ? message(activation) : WhenActive(sheet, activation, message);
    }

    /// <inheritdoc/>
    public LicenseBlock? Near(StreamId licenseBlock) => _objects.TryGetValue(licenseBlock, out var activation) ? activation.Actor as LicenseBlock : null;

    /// <inheritdoc/>
    public async Task<TResult> ToImport<TResult>(string id, Func<IImport, Task<TResult>> question)
    {
        var activation = _imports.GetOrAdd(id, static (import, factory) => new ImportActivation(factory.NewImport(import)), _factory);
        try
        {
            return await activation.Post(question);
        }
        finally
        {
            // They are few, and those that have ended need not be remembered: the next who asks loads them.
            foreach (var import in _imports.Where(import => import.Value.IsIdle))
                _imports.TryRemove(import);
        }
    }

    /// <summary>
    /// Leaves imports where they are, waits until every object has answered what it was asked, then stops the sheets. May be repeated.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await Task.WhenAll(_imports.Values.Select(import => import.Stop()));
        _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Volatile.Read(ref _running) > 0)
            await _drained.Task;
        foreach (var sheet in _sheets.Values)
            await sheet.Close();
    }

    private async Task<TResult> WhenActive<TResult>(SheetId sheet, SheetActivation activation, Func<ISheet, Task<TResult>> message)
    {
        try
        {
            await activation.Activate();
        }
        catch (JournalUnavailableException)
        {
            // The next caller tries a new activation.
            _sheets.TryRemove(KeyValuePair.Create(sheet, activation));
            throw;
        }

        return await message(activation);
    }

    private SheetActivation SheetOf(SheetId sheet)
    {
        if (_sheets.TryGetValue(sheet, out var activation) && activation.IsRetired)
            _sheets.TryRemove(KeyValuePair.Create(sheet, activation));
        return _sheets.GetOrAdd(sheet, static (id, factory) => new SheetActivation(factory.NewSheet(id)), _factory);
    }

    private ObjectActivation Activate(StreamId stream)
    {
        // Counted here, roughly: the dictionary's own count takes all of its locks.
        if (Interlocked.Increment(ref _activations) > MostIdleObjects)
            DropIdle();
        return _objects.GetOrAdd(stream, static (id, factory) => new ObjectActivation(factory.NewObject(id)), _factory);
    }

    // A message that reaches an activation just dropped still runs there: versions in the journal fence it from the next one.
    private void DropIdle()
    {
        foreach (var (stream, activation) in _objects)
        {
            if (activation.IsIdle)
                _objects.TryRemove(KeyValuePair.Create(stream, activation));
        }

        Volatile.Write(ref _activations, _objects.Count);
    }

    private sealed class ObjectActivation(object actor)
    {
        private readonly Mailbox _mailbox = new(interleaves: false);
        private int _waiting;

        public object Actor => actor;

        public bool IsIdle => Volatile.Read(ref _waiting) == 0;

        public async Task<TResult> Post<TActor, TResult>(Func<TActor, Task<TResult>> message)
            where TActor : class
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                return await _mailbox.Post(() => message((TActor)actor));
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
    }

    private sealed class ImportActivation(Import import)
    {
        private readonly Mailbox _mailbox = new(interleaves: false);
        private int _waiting;

        public bool IsIdle => Volatile.Read(ref _waiting) == 0 && !import.IsUnderWay;

        public async Task<TResult> Post<TResult>(Func<IImport, Task<TResult>> question)
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                return await _mailbox.Post(() => question(import));
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }

        public async Task Stop() => await _mailbox.Post(async () =>
        {
            await import.Stop();
            import.Dispose();
            return true;
        });
    }
}
