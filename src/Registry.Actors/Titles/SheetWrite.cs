using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Actors.Titles;

/// <summary>One write's dealings with the sheets: hold, then commit or release.</summary>
/// <param name="actors">The sheets.</param>
/// <param name="stream">The object that is written.</param>
/// <param name="id">The write's id, unique to the attempt.</param>
/// <param name="together">Further objects that are written in the same append; null for none.</param>
internal sealed class SheetWrite(IActors actors, StreamId stream, string id, IReadOnlyList<StreamId>? together = null)
{
    private const int MostTries = 3;

    private readonly SortedSet<SheetId> _asked = [];
    private readonly Dictionary<SheetId, long> _passedEpochs = [];
    private bool _isDoubted;

    /// <summary>Has each sheet hold its part of the ground, in the order of sheets, so that no two writes wait for each other.</summary>
    public async Task<HeldGround> Hold(WriteGround ground, Regime regime)
    {
        var held = new HeldGround();
        foreach (var sheet in ground.Sheets)
        {
            var cells = ground.Sheets.Count == 1 ? ground.Cells : ground.Cells.Filter(cell => regime.Graticule.SheetOf(cell) == sheet);
            _asked.Add(sheet);
            var passed = _passedEpochs.GetValueOrDefault(sheet, -1);
            var answer = await actors.Sheet(sheet).Hold(new HoldRequest(id, stream, cells, ground.Mode, passed, together, ground.Moves));
            held.Enter(sheet, answer);
            if (!answer.IsHeld)
                break;
        }

        return held;
    }

    /// <summary>Notes that the journal no longer takes a sheet's word of this epoch, nor of an earlier one.</summary>
    public void Passed(SheetId sheet, long epoch) => _passedEpochs[sheet] = epoch;

    /// <summary>Takes the sheets' word for passed, once, so that only a sheet that no other has followed can give it again.</summary>
    /// <returns>False when that was done before.</returns>
    public bool Doubt(HeldGround held)
    {
        if (_isDoubted)
            return false;
        foreach (var given in held.Epochs)
            Passed(given.Sheet, given.Epoch);
        return _isDoubted = true;
    }

    /// <summary>Tells the sheets that nothing was written. A sheet that does not hear it finds out by itself.</summary>
    public async Task Release()
    {
        foreach (var sheet in _asked)
        {
            try
            {
                await actors.Sheet(sheet).Settle(new Settlement(id, stream, null));
            }
            catch (ActorUnavailableException)
            {
                // Its watch over holds settles what was held there.
            }
        }

        _asked.Clear();
    }

    /// <summary>Tells the sheets what was written: those that held ground for it, and those that keep it now.</summary>
    /// <exception cref="ActorUnavailableException">
    /// A sheet did not hear it. What was written stands; the caller must not be told so before that sheet shows it.
    /// </exception>
    public async Task Commit(IReadOnlyList<SheetId> sheets, StoredObject written)
    {
        // From here on nothing may be released: a sheet that does not hear of the commit settles its hold from the journal.
        SheetId[] concerned = [.. _asked.Union(sheets)];
        _asked.Clear();
        foreach (var sheet in concerned)
            await Tell(sheet, new Settlement(id, stream, written));
    }

    /// <summary>
    /// Tells each sheet that held ground, in one message that ends the hold, what was written of it: an activation that does not hear it
    /// goes on to hold, and settles the hold from the journal.
    /// </summary>
    /// <param name="onSheet">The objects that a sheet keeps, at least one.</param>
    /// <exception cref="ActorUnavailableException">
    /// A sheet did not hear it. What was written stands; the caller must not be told so before that sheet shows it.
    /// </exception>
    public async Task CommitTogether(Func<SheetId, IReadOnlyList<StoredObject>> onSheet)
    {
        foreach (var sheet in _asked.ToArray())
        {
            var written = onSheet(sheet);
            await Tell(sheet, new Settlement(id, stream, written[0], Together: [.. written.Skip(1)]));
            _asked.Remove(sheet);
        }
    }

    private async Task Tell(SheetId sheet, Settlement settlement)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await actors.Sheet(sheet).Settle(settlement);
                return;
            }
            catch (ActorUnavailableException) when (tries < MostTries)
            {
                // Settling twice is the same as settling once.
            }
        }
    }

    /// <summary>Has the sheets find out from the journal whether something was written.</summary>
    public async Task SettleFromJournal()
    {
        foreach (var sheet in _asked)
        {
            try
            {
                await actors.Sheet(sheet).Settle(new Settlement(id, stream, null, IsKnown: false));
            }
            catch (Exception fault) when (fault is ActorUnavailableException or JournalUnavailableException)
            {
                // Its watch over holds asks again.
            }
        }

        _asked.Clear();
    }
}
