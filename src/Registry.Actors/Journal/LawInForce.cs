using System.Globalization;
using System.Text;
using System.Text.Json;
using Registry.Core;
using Registry.Core.Json;
using Registry.Core.Law;

namespace Registry.Actors.Journal;

/// <summary>
/// The law in force, which is an entry of the journal: an operator who changes a number of the law changes what everybody sees. The first process
/// over a new journal adopts the edition that it knows; another edition is adopted on purpose only.
/// </summary>
/// <remarks>An adoption is fenced by its count over all regimes: of two at once one comes first, and the other looks again.</remarks>
/// <param name="journal">The truth.</param>
/// <param name="edition">The edition of this program.</param>
public sealed class LawInForce(IJournal journal, LawEdition edition)
{
    /// <summary>What a process answers to whatever a law decides, when another edition than its own was adopted since it started.</summary>
    public static Refusal AnotherEdition { get; } = new(
        RefusalKind.Unavailable, "Another edition of the law was adopted, by which this process cannot decide: it has to be replaced.");

    /// <summary>The edition that was adopted last; null where none was.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public async Task<AdoptedLaw?> Find() => (await Adopted()).Last;

    /// <summary>Sees to it that this program's edition is in force: adopts it where none was.</summary>
    /// <exception cref="AnotherLawException">Another one is.</exception>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public async Task Require()
    {
        while (true)
        {
            var (count, last) = await Adopted();
            if (last is null ? await Append(count, 0, Caller.Registry) : last.Edition == edition.Hash)
                return;
            if (last is not null)
                throw new AnotherLawException(edition, last);
        }
    }

    /// <summary>Adopts this program's edition, whatever is in force.</summary>
    /// <param name="by">Who adopts it.</param>
    /// <returns>Whether it was not in force before.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public async Task<bool> Adopt(Caller by)
    {
        while (true)
        {
            var (count, last) = await Adopted();
            if (last?.Edition == edition.Hash)
                return false;
            var own = await journal.Load(new StreamId(Collection.Law, edition.Regime));
            if (await Append(count, own?.Version ?? 0, by))
                return true;
        }
    }

    private async Task<(long Count, AdoptedLaw? Last)> Adopted()
    {
        var (count, last) = (0L, (StoredObject?)null);
        await foreach (var stored in journal.LoadAll(Collection.Law))
        {
            count += stored.Version;
            last = last is null || stored.Last.Sequence > last.Last.Sequence ? stored : last;
        }

        return (count, last is null ? null : new AdoptedLaw(
            last.Stream.Id, JsonSerializer.Deserialize(last.State, CoreJson.Default.LawState)!.Sha256, last.Last));
    }

    // False: somebody else adopted an edition meanwhile.
    private async Task<bool> Append(long count, long version, Caller by) => await journal.Append(new Append
    {
        Stream = new StreamId(Collection.Law, edition.Regime),
        Version = version + 1,
        Event = EventOf(edition),
        By = by,
        State = JsonSerializer.SerializeToUtf8Bytes(new LawState(edition.Hash), CoreJson.Default.LawState),
        Adopts = edition.Hash,
        Key = new RequestKey(string.Create(CultureInfo.InvariantCulture, $"law/{count + 1}"), edition.Hash),
    }) is Committed;

    // The form stands in it byte by byte: its hash is the edition's name.
    internal static byte[] EventOf(LawEdition edition) =>
        [.. Encoding.ASCII.GetBytes($$"""{"type":"adopted","sha256":"{{edition.Hash}}","form":"""), .. edition.Form.Span, (byte)'}'];
}

/// <summary>An edition of the law that was adopted.</summary>
/// <param name="Regime">The regime's code.</param>
/// <param name="Edition">The edition: see <see cref="LawEdition.Hash"/>.</param>
/// <param name="Stamp">Where it was adopted.</param>
public sealed record AdoptedLaw(string Regime, string Edition, Stamp Stamp);

/// <summary>Another edition of the law is in force than the one of this program, which must not decide anything.</summary>
public sealed class AnotherLawException : Exception
{
    /// <inheritdoc cref="AnotherLawException"/>
    public AnotherLawException(LawEdition own, AdoptedLaw inForce)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"The law of this program is {own.Regime}, edition {own.Hash}. In force is {inForce.Regime}, edition {inForce.Edition}, which entry {inForce.Stamp.Sequence} of the "
            + $"register adopted. Start the program of that edition, or adopt this one with 'registry law adopt'."))
    {
    }
}
