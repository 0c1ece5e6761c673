using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;

namespace Registry.Actors.Titles;

/// <summary>
/// Registers several new objects in one transaction of the journal: all of them, or none. The ground of all is held at once, sheet by
/// sheet in their order, as for one object; then one append decides, and the sheets are told.
/// </summary>
/// <remarks>
/// The actors of the objects take no part: their ids follow from keys that nobody else has, so nobody asks for them before they are there.
/// Should the one that registers vanish, the sheets settle its hold from the journal, for each of the objects.
/// </remarks>
/// <param name="actors">The sheets.</param>
/// <param name="journal">Knows what was registered before, and decides.</param>
/// <param name="regime">The law.</param>
/// <param name="edition">Its edition: see <see cref="LawEdition.Hash"/>.</param>
public sealed class JointRegistration(IActors actors, IJournal journal, Regime regime, string edition)
{
    private const int MostAttempts = 5;

    /// <summary>Registers the objects.</summary>
    /// <param name="attempt">Unique to this attempt; names its holds.</param>
    /// <param name="objects">The objects, at least one, all of the same collection.</param>
    /// <returns>What became of them. When the journal did not answer, every one is refused as <see cref="RefusalKind.Unavailable"/>.</returns>
    /// <exception cref="ActorUnavailableException">A sheet did not answer; asked again with the same keys it has no second effect.</exception>
    public async Task<JointAnswer> Register(string attempt, IReadOnlyList<NewObject> objects)
    {
        if (Clashes(objects) is { Count: > 0 } clashes)
            return new JointAnswer(false, clashes);
        var ground = GroundOf(objects);
        var write = new SheetWrite(actors, objects[0].Stream, attempt, [.. objects.Skip(1).Select(each => each.Stream)]);
        try
        {
            for (var attempts = 0; attempts < MostAttempts; attempts++)
            {
                if (await Attempt(attempt, objects, ground, write) is { } answer)
                    return answer;
            }

            await write.Release();
            return JointAnswer.All(new Refusal(RefusalKind.Unavailable, "The ground changed hands between activations again and again. Ask again."));
        }
        catch (JournalUnavailableException)
        {
            await write.SettleFromJournal();
            return JointAnswer.All(new Refusal(RefusalKind.Unavailable, "The journal did not answer. Ask again with the same idempotency key."));
        }
        catch (ActorUnavailableException)
        {
            await write.Release();
            throw;
        }
    }

    // Null: something that the decision relied on has passed; decide again.
    private async Task<JointAnswer?> Attempt(string attempt, IReadOnlyList<NewObject> objects, WriteGround ground, SheetWrite write)
    {
        // First, since what was registered by an earlier attempt would else stand in its own way.
        if (await journal.FindAnswer(objects[0].Key.Id) is { } kept)
        {
            await write.Release();
            return await Repeat(attempt, objects, objects[0], kept);
        }

        var held = await write.Hold(ground, regime);
        if (!held.IsHeld)
        {
            await write.Release();
            // An append of an attempt that vanished may have come through since: then the objects stand in their own way.
            if (await journal.FindAnswer(objects[0].Key.Id) is { } since)
                return await Repeat(attempt, objects, objects[0], since);
            var refusals = objects.Select((each, at) => (At: at, Refusal: held.Against(regime, each.Ground.Cells)))
                .Where(each => each.Refusal is not null).Select(each => (each.At, each.Refusal!));
            return new JointAnswer(false, [.. refusals]);
        }

        var appends = objects.Select(each => AppendOf(each, held)).ToList();
        var result = await journal.AppendAll(appends);
        switch (result.Refused)
        {
            case null:
                await Show(objects, appends, result.Committed, write);
                return new JointAnswer(false, []);
            case KeyUsed used:
                await write.Release();
                return await Repeat(attempt, objects, objects[result.Index], used.Answer);
            case EpochPassed passed:
                write.Passed(passed.Sheet.Sheet, passed.Sheet.Epoch - 1);
                return null;
            case ClaimConflict conflict:
                var sheet = regime.Graticule.SheetOf(conflict.Cell);
                write.Passed(sheet, held.Epochs.First(epoch => epoch.Sheet == sheet).Epoch);
                return null;
            case LawPassed:
                await write.Release();
                return JointAnswer.All(LawInForce.AnotherEdition);
            case TooManyUndecided:
                await write.Release();
                return new JointAnswer(false, [(result.Index, LicenseBlockRules.TooManyUndecided(regime))]);
            case var other:
                throw new InvalidOperationException($"The journal answered {other.GetType().Name} to a new object.");
        }
    }

    // All or none: where one is there, an earlier attempt registered all of them. It may have failed before it told the sheets.
    private async Task<JointAnswer> Repeat(string attempt, IReadOnlyList<NewObject> objects, NewObject each, KeptAnswer kept)
    {
        if (kept.Fingerprint != each.Key.Fingerprint || kept.Stream != each.Stream)
            return JointAnswer.All(new Refusal(RefusalKind.IdempotencyKeyReused, "The idempotency key was used before, for another request."));
        for (var i = 0; i < objects.Count; i++)
        {
            if (await journal.Load(objects[i].Stream) is { } stored)
                await new SheetWrite(actors, objects[i].Stream, $"{attempt}/{i}").Commit(objects[i].Ground.Sheets, stored);
        }

        return new JointAnswer(true, []);
    }

    // Objects are shown by what ends the hold, so that whoever waits for their ground finds it taken. From here on nothing may be
    // released: sheets that may not have heard of the commit settle the hold from the journal.
    private static async Task Show(
        IReadOnlyList<NewObject> objects, List<Append> appends, IReadOnlyList<Committed> committed, SheetWrite write)
    {
        try
        {
            await write.CommitTogether(sheet =>
            [
                .. Enumerable.Range(0, objects.Count).Where(at => objects[at].Ground.Sheets.Contains(sheet)).Select(at =>
                    new StoredObject(objects[at].Stream, 1, committed[at].First, committed[at].Last, appends[at].State)),
            ]);
        }
        catch (ActorUnavailableException)
        {
            await write.SettleFromJournal();
            throw;
        }
    }

    private Append AppendOf(NewObject each, HeldGround held) => new()
    {
        Stream = each.Stream,
        Version = 1,
        Event = each.Event,
        By = each.By,
        Law = each.Stream.Collection == Collection.LicenseBlocks ? edition : null,
        State = each.State,
        Sheets = each.Ground.Sheets,
        Claims = each.Ground.Mode == HoldMode.Claim ? [.. each.Ground.Cells] : [],
        Epochs = held.Epochs,
        Undecided = each.Undecided,
        Key = each.Key,
    };

    private static WriteGround GroundOf(IReadOnlyList<NewObject> objects) => new(
        [.. objects.SelectMany(each => each.Ground.Sheets).Distinct().Order()],
        CellSet.Of(objects.SelectMany(each => each.Ground.Cells)),
        objects[0].Ground.Mode);

    // Two objects that want the same cell, or want ground for different ends: one hold cannot serve both.
    private static List<(int Index, Refusal Refusal)> Clashes(IReadOnlyList<NewObject> objects)
    {
        var clashes = new List<(int, Refusal)>();
        var owners = new Dictionary<Cell, int>();
        for (var i = 0; i < objects.Count; i++)
        {
            var ground = objects[i].Ground;
            if (ground.Mode != objects[0].Ground.Mode)
            {
                clashes.Add((i, Refusal.Broken(new BrokenRule(RuleNames.NotTogether, "Titles that exclude others and titles that do not are not registered together."))));
            }
            else if (ground.Mode == HoldMode.Claim)
            {
                var before = ground.Cells.Where(cell => !owners.TryAdd(cell, i)).Select(cell => owners[cell]).Distinct().ToList();
                if (before.Count > 0)
                {
                    clashes.Add((i, Refusal.Broken(new BrokenRule(
                        RuleNames.NotTogether, FormattableString.Invariant($"It shares ground with the object that is number {before[0]}, counted from 0, of those registered together.")))));
                }
            }
        }

        return clashes;
    }
}

/// <summary>What became of objects that were to be registered together.</summary>
/// <param name="IsRepeat">Whether an earlier attempt with the same keys had registered them, and this one changed nothing.</param>
/// <param name="Refusals">Why nothing was registered, with the objects at fault by their places; -1 for all of them. Empty when all are registered.</param>
public sealed record JointAnswer(bool IsRepeat, IReadOnlyList<(int Index, Refusal Refusal)> Refusals)
{
    /// <summary>All are refused for one reason.</summary>
    public static JointAnswer All(Refusal refusal) => new(false, [(-1, refusal)]);
}
