using Registry.Actors.Journal;
using Registry.Core.Ground;

namespace Registry.Storage.Postgres;

/// <summary>What the work of a batch will look at, gathered before any of it is done, so that it is read in one round trip.</summary>
internal sealed class BatchNeeds
{
    /// <summary>Idempotency keys.</summary>
    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Numbers of sheets whose epochs are needed.</summary>
    public HashSet<int> Sheets { get; } = [];

    /// <summary>Names of objects.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys of cells whose claims are needed.</summary>
    public HashSet<long> Cells { get; } = [];

    /// <summary>Ids of parties whose numbers of undecided applications are needed.</summary>
    public HashSet<string> Parties { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds what an append looks at.</summary>
    public void Add(Append append)
    {
        if (append.Key is { } key)
            Keys.Add(key.Id);
        foreach (var relied in append.Epochs)
            Add(relied.Sheet);
        Add(append.Stream);
        foreach (var end in append.Releases)
        {
            Cells.Add(end.Cell.Key);
            if (end.PassesTo is { } heir)
                Add(heir);
        }

        foreach (var cell in append.Claims)
            Cells.Add(cell.Key);
        foreach (var deadline in append.Deadlines)
            Add(deadline.Stream);
        if (append.Answers is { } answered)
            Add(answered.Stream);
        if (append.Undecided?.From is { } from)
            Parties.Add(from);
        if (append.Undecided?.To is { } to)
            Parties.Add(to);
    }

    /// <summary>Adds the epoch of a sheet.</summary>
    public void Add(SheetId sheet) => Sheets.Add(sheet.Number);

    /// <summary>Adds an object.</summary>
    public void Add(StreamId stream)
    {
        var name = stream.ToString();
        if (PostgresText.Holds(name))
            Names.Add(name);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Keys.Clear();
        Sheets.Clear();
        Names.Clear();
        Cells.Clear();
        Parties.Clear();
    }
}
