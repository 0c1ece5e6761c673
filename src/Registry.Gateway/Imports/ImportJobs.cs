namespace Registry.Gateway.Imports;

/// <summary>The imports of this process: so many at once, and those that ended for a while longer.</summary>
/// <param name="run">Carries them out.</param>
/// <param name="clock">The registry's clock.</param>
/// <param name="lifetime">Says when the registry stops.</param>
internal sealed class ImportJobs(ImportRun run, TimeProvider clock, IHostApplicationLifetime lifetime) : IDisposable
{
    /// <summary>How long an import that ended can be read.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>The most imports that are kept.</summary>
    public const int Most = 100;

    /// <summary>The most files that are taken or worked on at once.</summary>
    public const int MostAtOnce = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ImportJob> _jobs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _running = new(MostAtOnce / 2);
    private int _places = MostAtOnce;

    /// <summary>Takes a place for one file, from its first byte to the end of its job.</summary>
    /// <returns>Null when all are taken.</returns>
    public Place? TakePlace()
    {
        lock (_gate)
        {
            if (_places == 0)
                return null;
            _places--;
            return new Place(this);
        }
    }

    /// <summary>An import by its id; null when there is none, or it ended too long ago.</summary>
    public ImportJob? Find(string id)
    {
        lock (_gate)
        {
            Forget();
            return _jobs.GetValueOrDefault(id);
        }
    }

    /// <summary>Begins an import, unless one of the same id is there that did not fail.</summary>
    /// <param name="job">The import.</param>
    /// <param name="file">Its file; the job's from here on.</param>
    /// <param name="place">Its place; the job's from here on.</param>
    /// <returns>The import of that id: <paramref name="job"/>, or the earlier one.</returns>
    public ImportJob Begin(ImportJob job, UploadedFile file, Place place)
    {
        ImportJob? earlier;
        lock (_gate)
        {
            Forget();
            if (!_jobs.TryGetValue(job.Id, out earlier) || earlier.Progress.State == ImportState.Failed)
            {
                _jobs[job.Id] = job;
                earlier = null;
            }
        }

        _ = Task.Run(() => Work(earlier is null ? job : null, file, place));
        return earlier ?? job;
    }

    /// <inheritdoc/>
    public void Dispose() => _running.Dispose();

    private async Task Work(ImportJob? job, UploadedFile file, Place place)
    {
        await using (file)
        using (place)
        {
            if (job is null)
                return;
            // Not cancelled: a job that waits while the registry stops has to end too, and its run sees to that.
            await _running.WaitAsync(CancellationToken.None);
            try
            {
                await run.Carry(job, file, lifetime.ApplicationStopping);
            }
            finally
            {
                _running.Release();
            }
        }
    }

    // Those that ended first go first; what runs is bounded by the places.
    private void Forget()
    {
        var now = clock.GetUtcNow();
        var ended = _jobs.Values.Select(job => (job, job.Progress.EndedAt)).Where(item => item.EndedAt is not null)
            .OrderBy(item => item.EndedAt).ToList();
        var surplus = _jobs.Count - Most;
        foreach (var (job, endedAt) in ended)
        {
            if (surplus-- > 0 || now - endedAt > Kept)
                _jobs.Remove(job.Id);
        }
    }

    /// <summary>A place among those worked on at once.</summary>
    internal sealed class Place(ImportJobs jobs) : IDisposable
    {
        private bool _isGiven;

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (jobs._gate)
            {
                jobs._places += _isGiven ? 0 : 1;
                _isGiven = true;
            }
        }
    }
}
