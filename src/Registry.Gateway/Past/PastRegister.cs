using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Json;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Gateway.Parameters;

namespace Registry.Gateway.Past;

/// <summary>The register as it stood: which entries of the journal count at an instant, and single objects by them.</summary>
/// <param name="journal">The truth.</param>
/// <param name="regime">The law, for the time zone of dates.</param>
/// <param name="clock">The registry's clock.</param>
public sealed class PastRegister(IJournal journal, Regime regime, TimeProvider clock)
{
    // By so much the clocks of two machines that keep time may differ.
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(1);

    private static readonly string[] AsAtAlone = [DateTimeParameter.AsAtName];

    /// <summary>What the query of a single object asks for: <c>as-at</c>, and no other parameter.</summary>
    /// <returns>The instant, null for now; or why there is no answer.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public ValueTask<(AsAt? AsAt, Refusal? Refusal)> Resolve(QueryString query)
    {
        Span<ReadOnlyMemory<char>?> values = [null];
        Period? period = null;
        var fault = QueryText.Read(query, AsAtAlone, values) ?? DateTimeParameter.ReadAsAt(values[0], out period);
        return fault is null ? Resolve(period, DateTimeParameter.AsAtName) : new((null, fault));
    }

    /// <summary>
    /// What a parameter asks for. An instant: the register as at that instant. A date: as at the end of that day. An interval: as at
    /// its end, or as it stands now where the end is open or has not come, for that is the last state in the interval of everything
    /// that stood in it. Nothing: as it stands now.
    /// </summary>
    /// <param name="period">What the parameter says; null where it is absent.</param>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The instant, null for now; or why there is no answer.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public async ValueTask<(AsAt? AsAt, Refusal? Refusal)> Resolve(Period? period, string name)
    {
        if (period is not { } asked)
            return (null, null);
        var now = clock.GetUtcNow();
        var isInterval = asked.From != asked.To;
        if (asked.From is { } from && Begin(from) is var begin && begin > now && await CutAt(begin) is null)
            return (null, Refusal.Malformed(name, "That has not come yet: what the register will hold is not known."));
        if (isInterval && asked is { From: { } first, To: { } last } && Begin(first) > End(last))
            return (null, Refusal.Malformed(name, "The interval ends before it begins."));
        if (asked.To is not { } to)
            return (null, null);
        var end = End(to);
        var isNowOtherwise = isInterval || to.Date is not null;
        if (await (isNowOtherwise ? journal.CutAt(end) : CutAt(end)) is not { } cut)
        {
            return isNowOtherwise
                ? (null, null)
                : (null, Refusal.Malformed(name, "That has not come yet: what the register will hold is not known."));
        }

        return (new AsAt(end, cut), null);
    }

    /// <summary>A license block as it stood; null when nothing was filed under the id yet.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public Task<Registered<LicenseBlockState>?> LicenseBlock(string id, AsAt asAt) =>
        Load(new StreamId(Collection.LicenseBlocks, id), asAt, CoreJson.Default.LicenseBlockState);

    /// <summary>A deposit as it stood; null when it was not registered yet.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public Task<Registered<DepositState>?> Deposit(string id, AsAt asAt) =>
        Load(new StreamId(Collection.Deposits, id), asAt, CoreJson.Default.DepositState);

    /// <summary>A restriction area as it stood; null when it was not registered yet.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public Task<Registered<AreaState>?> Area(string id, AsAt asAt) =>
        Load(new StreamId(Collection.Areas, id), asAt, CoreJson.Default.AreaState);

    private async Task<Registered<TState>?> Load<TState>(StreamId stream, AsAt asAt, JsonTypeInfo<TState> json)
        where TState : class =>
        await journal.LoadAt(stream, asAt.Cut) is { } stored
            ? new(JsonSerializer.Deserialize(stored.State, json)!, stored.Version, stored.First, stored.Last)
            : null;

    // What this gateway's clock has not come to, that of another process may have: the journal tells, if that one has stamped or sealed it.
    // If it was only shown, as the time of an answer is, it comes to this one in a moment.
    private async Task<long?> CutAt(DateTimeOffset instant)
    {
        if (await journal.CutAt(instant) is { } cut)
            return cut;
        var ahead = instant - clock.GetUtcNow();
        if (ahead > MostSkew)
            return null;
        // Timers know whole milliseconds.
        if (ahead > TimeSpan.Zero)
            await Task.Delay(ahead + TimeSpan.FromMilliseconds(1), clock);
        return await journal.CutAt(instant);
    }

    // East of Greenwich the first date of all begins before the first instant of all.
    private DateTimeOffset Begin(Moment moment) => moment.Instant
        ?? (moment.Date == DateOnly.MinValue ? DateTimeOffset.MinValue : regime.Calendar.StartOf(moment.Date!.Value));

    // A date ends with the last microsecond before the next: the journal knows no finer one.
    private DateTimeOffset End(Moment moment) => moment.Instant
        ?? (moment.Date == DateOnly.MaxValue
            ? DateTimeOffset.MaxValue
            : regime.Calendar.StartOf(moment.Date!.Value.AddDays(1)) - TimeSpan.FromMicroseconds(1));
}
