using Registry.Actors.Journal;
using Registry.Core;

namespace Registry.Storage.Postgres;

/// <summary>An object, as it is stored and as the batch leaves it.</summary>
internal sealed class BatchObject
{
    private readonly long _storedVersion;
    private readonly IReadOnlyCollection<int> _storedSheets;
    private readonly HashSet<int> _had;
    private IReadOnlyCollection<int> _sheets;

    /// <param name="stream">Which object.</param>
    /// <param name="first">Where it was first registered; its sequence is the object's number in every table.</param>
    /// <param name="version">The version that is stored; 0 when the batch registers it.</param>
    /// <param name="sheets">The numbers of the sheets that are stored.</param>
    public BatchObject(StreamId stream, Stamp first, long version, IReadOnlyCollection<int> sheets)
    {
        Stream = stream;
        First = first;
        Version = _storedVersion = version;
        _sheets = _storedSheets = sheets;
        _had = [.. sheets];
    }

    /// <summary>Which object.</summary>
    public StreamId Stream { get; }

    /// <summary>Where it was first registered.</summary>
    public Stamp First { get; }

    /// <summary>The object's number in every table.</summary>
    public long Id => First.Sequence;

    /// <summary>Whether the batch registers it.</summary>
    public bool IsNew => _storedVersion == 0;

    /// <summary>Whether the batch changed it.</summary>
    public bool IsChanged => Version != _storedVersion;

    /// <summary>Its version now.</summary>
    public long Version { get; private set; }

    /// <summary>Where the batch last changed it.</summary>
    public Stamp Last { get; private set; }

    /// <summary>The state in which the batch left it, as UTF-8 JSON; empty while it did not change it.</summary>
    public byte[] State { get; private set; } = [];

    /// <summary>The numbers of the sheets that it leaves, those included that it entered by the same batch.</summary>
    public IEnumerable<int> Left => _had.Except(_sheets);

    /// <summary>The numbers of the sheets that it enters.</summary>
    public IEnumerable<int> Entered => _sheets.Except(_storedSheets);

    /// <summary>Makes the next version of it.</summary>
    public void Change(Append append, Stamp stamp)
    {
        Version = append.Version;
        Last = stamp;
        State = append.State;
        _sheets = [.. append.Sheets.Select(sheet => sheet.Number)];
        _had.UnionWith(_sheets);
    }
}
