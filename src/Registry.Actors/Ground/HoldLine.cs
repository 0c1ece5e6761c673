using System.Diagnostics.CodeAnalysis;
using Registry.Actors.Contracts;
using Registry.Core.Ground;

namespace Registry.Actors.Ground;

/// <summary>
/// The holds of one sheet in the order of their arrival. A hold has its turn when it is the first in line for each of its cells;
/// since a hold joins every line at once, two holds never wait for each other.
/// </summary>
internal sealed class HoldLine
{
    private readonly Dictionary<string, PendingHold> _holds = [];
    private readonly Dictionary<Cell, LinkedList<PendingHold>> _lines = [];
    private int _moving;

    /// <summary>How many holds are not settled.</summary>
    public int Count => _holds.Count;

    /// <summary>Whether a write may be on its way that changes on which sheets an object lies.</summary>
    public bool IsMoving => _moving > 0;

    /// <summary>The holds that had their turn and are not settled, oldest first.</summary>
    public IEnumerable<PendingHold> Given => _holds.Values.Where(hold => hold.IsGiven);

    /// <summary>The hold of an id, given or waiting.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out PendingHold? hold) => _holds.TryGetValue(id, out hold);

    /// <summary>Puts a hold at the end of the lines for its cells. It has its turn at once when its <see cref="PendingHold.Blocked"/> is 0.</summary>
    public PendingHold Join(HoldRequest request)
    {
        var hold = new PendingHold(request);
        _holds.Add(request.Id, hold);
        SheetMeter.Holds(+1);
        Expect(hold, request);
        foreach (var cell in request.Cells.AsSpan())
        {
            if (!_lines.TryGetValue(cell, out var line))
                _lines.Add(cell, line = new LinkedList<PendingHold>());
            else
                hold.Blocked++;
            line.AddLast(hold);
        }

        return hold;
    }

    /// <summary>Notes what a hold that is in line is for, when it is asked for again.</summary>
    public void Expect(PendingHold hold, HoldRequest request)
    {
        if (hold.Moves || !request.Moves)
            return;
        hold.Moves = true;
        _moving++;
    }

    /// <summary>Ends every line.</summary>
    /// <returns>The holds that were in them.</returns>
    public IReadOnlyList<PendingHold> Clear()
    {
        PendingHold[] ended = [.. _holds.Values];
        SheetMeter.Holds(-ended.Length);
        _holds.Clear();
        _lines.Clear();
        _moving = 0;
        return ended;
    }

    /// <summary>Takes a hold out of every line.</summary>
    /// <param name="hold">The hold, given or waiting.</param>
    /// <param name="turns">Holds whose turn has come by it are added here.</param>
    public void Leave(PendingHold hold, Queue<PendingHold> turns)
    {
        if (!_holds.Remove(hold.Request.Id))
            return;
        SheetMeter.Holds(-1);
        _moving -= hold.Moves ? 1 : 0;
        foreach (var cell in hold.Request.Cells.AsSpan())
        {
            var line = _lines[cell];
            var wasFirst = line.First!.Value == hold;
            line.Remove(hold);
            if (line.First is not { } first)
                _lines.Remove(cell);
            else if (wasFirst && --first.Value.Blocked == 0)
                turns.Enqueue(first.Value);
        }
    }
}

/// <summary>A hold, waiting or given.</summary>
internal sealed class PendingHold(HoldRequest request)
{
    private readonly TaskCompletionSource<HoldAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was asked.</summary>
    public HoldRequest Request { get; } = request;

    /// <summary>For how many of its cells another hold is first in line.</summary>
    public int Blocked { get; set; }

    /// <summary>Whether it had its turn and holds the ground.</summary>
    public bool IsGiven { get; private set; }

    /// <summary>Whether the write may change on which sheets its object lies.</summary>
    public bool Moves { get; set; }

    /// <summary>The clock's timestamp at which the ground was last given to it, or asked for again.</summary>
    public long Since { get; set; }

    /// <summary>The epoch in which the sheet last gave its word on it.</summary>
    public long Epoch { get; set; }

    /// <summary>Ends when the hold had its turn.</summary>
    public Task<HoldAnswer> Answer => _answer.Task;

    /// <summary>Gives the hold its answer.</summary>
    public void Give(HoldAnswer answer, long timestamp)
    {
        IsGiven = answer.IsHeld;
        Since = timestamp;
        Epoch = answer.Epoch;
        _answer.TrySetResult(answer);
    }

    /// <summary>Tells the one that waits that there will be no answer.</summary>
    public void Abandon(Exception cause) => _answer.TrySetException(cause);
}
