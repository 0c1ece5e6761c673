namespace Registry.Gateway.Imports;

/// <summary>Bounds how many files this process takes in at once, from the first byte of each to its acceptance.</summary>
internal sealed class ImportPlaces
{
    /// <summary>The most files.</summary>
    public const int Most = 4;

    private int _taken;

    /// <summary>Takes a place.</summary>
    /// <returns>Null when all are taken; to be disposed once.</returns>
    public IDisposable? Take()
    {
        if (Interlocked.Increment(ref _taken) <= Most)
            return new Place(this);
        Interlocked.Decrement(ref _taken);
        return null;
    }

    private sealed class Place(ImportPlaces places) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref places._taken);
    }
}
