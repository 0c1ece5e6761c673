using Registry.Actors.Journal;

namespace Registry.Storage.InMemory;

/// <summary>Imports in memory. Not safe for concurrent use: its journal's lock guards it.</summary>
internal sealed class InMemoryImports
{
    private readonly Dictionary<string, Kept> _imports = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Content, int Part), (byte[] Bytes, DateTimeOffset At)> _parts = [];
    private long _accepted;

    /// <inheritdoc cref="IKeptImports.KeepPart"/>
    public void KeepPart(string content, int part, byte[] bytes, DateTimeOffset at) => _parts.TryAdd((content, part), (bytes, at));

    /// <inheritdoc cref="IKeptImports.Accept"/>
    public KeptImport Accept(NewImport import)
    {
        var earlier = _imports.GetValueOrDefault(import.Id);
        if (earlier is null || (earlier.Import.Fingerprint == import.Fingerprint && earlier.Import.BeginsAgain))
        {
            var accepted = new KeptImport(import.Id, import.Fingerprint, import.Content, import.Order, null);
            _imports[import.Id] = earlier = new Kept(accepted, ++_accepted, earlier?.Run ?? 0);
        }

        if (earlier.Import.Content != import.Content)
            Drop(import.Content);
        return earlier.Import;
    }

    /// <inheritdoc cref="IKeptImports.FindImport"/>
    public KeptImport? Find(string id) => _imports.GetValueOrDefault(id)?.Import;

    /// <inheritdoc cref="IKeptImports.LoadPart"/>
    public byte[]? LoadPart(string content, int part) => _parts.TryGetValue((content, part), out var kept) ? kept.Bytes : null;

    /// <inheritdoc cref="IKeptImports.BeginRun"/>
    public long? BeginRun(string id)
    {
        if (!_imports.TryGetValue(id, out var kept) || kept.Import.End is not null)
            return null;
        _imports[id] = kept with { Run = kept.Run + 1 };
        return kept.Run + 1;
    }

    /// <inheritdoc cref="IKeptImports.EndRun"/>
    public void EndRun(string id, long run, ImportEnd end)
    {
        if (!_imports.TryGetValue(id, out var kept) || kept.Import.End is not null || kept.Run != run)
            return;
        _imports[id] = kept with { Import = kept.Import with { End = end with { At = JournalInstant.Of(end.At) } } };
        Drop(kept.Import.Content);
    }

    /// <inheritdoc cref="IKeptImports.Unfinished"/>
    public IReadOnlyList<string> Unfinished(int limit) =>
        [.. Going().OrderBy(kept => kept.Accepted).Take(limit).Select(kept => kept.Import.Id)];

    /// <inheritdoc cref="IKeptImports.Forget"/>
    public void Forget(DateTimeOffset before, int most)
    {
        var ended = _imports.Values.Where(kept => kept.Import is { End: not null, Order: not null }).OrderByDescending(kept => kept.Import.End!.At).ToList();
        foreach (var kept in ended.Where((kept, at) => at >= most || kept.Import.End!.At < before))
            _imports[kept.Import.Id] = kept with { Import = kept.Import with { Order = null, End = kept.Import.End! with { Outcome = [] } } };
        var going = Going().Select(kept => kept.Import.Content).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, part) in _parts.ToList())
        {
            if (part.At < before && !going.Contains(key.Content))
                _parts.Remove(key);
        }
    }

    private IEnumerable<Kept> Going() => _imports.Values.Where(kept => kept.Import.End is null);

    private void Drop(string content)
    {
        for (var part = 0; _parts.Remove((content, part)); part++)
        {
        }
    }

    private sealed record Kept(KeptImport Import, long Accepted, long Run);
}
