using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Filters;
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

    private static readonly DateTimeOffset First = new(1, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly FilterExpression[] Nothing = [];

    private static readonly string[] AsAtAlone = [DateTimeParameter.AsAtName];

    /// <summary>What the query of a single object asks for: <c>as-at</c>, and no other parameter.</summary>
    /// <returns>The instant, null for now; or why there is no answer.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public ValueTask<(AsAt? AsAt, Refusal? Refusal)> Resolve(QueryString query)
    {
        Span<ReadOnlyMemory<char>?> values = [null];
        Moment? moment = null;
        var fault = QueryText.Read(query, AsAtAlone, values) ?? DateTimeParameter.ReadAsAt(values[0], out moment);
        return fault is null ? Resolve(moment) : new((null, fault));
    }

    /// <summary>
    /// What <c>as-at</c> asks for. An instant: the register as at that instant. A date: as at the end of that day, or as it stands now where
    /// that has not come. Nothing: as it stands now.
    /// </summary>
    /// <param name="moment">What the parameter says; null where it is absent.</param>
    /// <returns>The instant, null for now; or why there is no answer.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public async ValueTask<(AsAt? AsAt, Refusal? Refusal)> Resolve(Moment? moment)
    {
        if (moment is not { } asked)
            return (null, null);
        var (begin, end) = (Begin(asked), End(asked));
        if (asked.Date is not null && begin <= clock.GetUtcNow())
            return (await journal.CutAt(end) is { } ended ? new AsAt(end, ended) : null, null);
        return await CutAt(asked.Date is null ? end : begin) is { } cut
            ? (asked.Date is null ? new AsAt(end, cut) : null, null)
            : (null, Refusal.Malformed(DateTimeParameter.AsAtName, "That has not come yet: what the register will hold is not known."));
    }

    /// <summary>When ground is looked at for an instant: by the entries up to it, and by the law of its day.</summary>
    public GroundAsAt GroundOf(AsAt asAt) => new(asAt.Cut, regime.Calendar.DateOf(asAt.Instant));

    /// <summary>What is wrong with a period whose ends are a date and an instant; null when nothing is.</summary>
    internal Refusal? FaultOf(Period? period) => period is { From: { } from, To: { } to } && Begin(from) > End(to)
        ? Refusal.Malformed(DateTimeParameter.Name, "The interval ends before it begins.")
        : null;

    /// <summary>
    /// What features must pass to have been in force in a period, as is known now: a license block from its application to its end, a
    /// restriction area on the dates that it names. Deposits and sheets have no time, and pass.
    /// </summary>
    /// <param name="collection">The collection; null for sheets.</param>
    /// <param name="period">The period; null for any time.</param>
    /// <param name="filter">What they must pass besides; null for nothing.</param>
    internal FilterExpression? InForce(Collection? collection, Period? period, FilterExpression? filter) =>
        period is not { } asked ? filter
            : FilterOf(collection, asked.From is { } from ? Begin(from) : null, asked.To is { } to ? End(to) : null) is not { } within ? filter
            : filter is null ? within : new AllOf([within, filter]);

    private FilterExpression? FilterOf(Collection? collection, DateTimeOffset? from, DateTimeOffset? to)
    {
        var first = from is { } begin ? new DateLiteral(regime.Calendar.DateOf(begin)) : null;
        var last = to is { } end ? new DateLiteral(regime.Calendar.DateOf(end)) : null;
        List<FilterExpression> conditions = collection switch
        {
            Collection.LicenseBlocks =>
            [
                .. to is { } until ? [new Comparison(ComparisonOperator.LessOrEqual, new PropertyName("appliedAt"), new TimestampLiteral(until))] : Nothing,
                .. from is { } since ? [Unless("endedAt", ComparisonOperator.Greater, new TimestampLiteral(since))] : Nothing,
                .. first is not null ? [Unless("expiresOn", ComparisonOperator.GreaterOrEqual, first)] : Nothing,
            ],
            Collection.Areas =>
            [
                .. last is not null ? [Unless("validFrom", ComparisonOperator.LessOrEqual, last)] : Nothing,
                .. first is not null ? [Unless("validTo", ComparisonOperator.GreaterOrEqual, first)] : Nothing,
            ],
            _ => [],
        };
        return conditions switch { [] => null, [var only] => only, _ => new AllOf([.. conditions]) };
    }

    // What has no such time passes.
    private static AnyOf Unless(string name, ComparisonOperator comparison, FilterExpression time) =>
        new([new IsNull(new PropertyName(name)), new Comparison(comparison, new PropertyName(name), time)]);

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
    // If it was only shown, as the time of an answer is, it comes to this one in a moment. A timer may ring a little before its time by the
    // clock, so that it is asked again.
    private async Task<long?> CutAt(DateTimeOffset instant)
    {
        var since = clock.GetTimestamp();
        do
        {
            if (await journal.CutAt(instant) is { } cut)
                return cut;
            var ahead = instant - clock.GetUtcNow();
            if (ahead > MostSkew)
                return null;
            // Timers know whole milliseconds.
            await Task.Delay((ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero) + TimeSpan.FromMilliseconds(1), clock);
        }
        while (clock.GetElapsedTime(since) <= 2 * MostSkew);
        return await journal.CutAt(instant);
    }

    // East of Greenwich the first date of all begins before the first instant of all.
    private DateTimeOffset Begin(Moment moment) => Within(moment.Instant
        ?? (moment.Date == DateOnly.MinValue ? DateTimeOffset.MinValue : regime.Calendar.StartOf(moment.Date!.Value)));

    // Near the ends of the calendar there is no date in another zone.
    private static DateTimeOffset Within(DateTimeOffset instant) => instant < First ? First : instant > Last ? Last : instant;

    // A date ends with the last microsecond before the next: the journal knows no finer one.
    private DateTimeOffset End(Moment moment) => Within(moment.Instant
        ?? (moment.Date == DateOnly.MaxValue
            ? DateTimeOffset.MaxValue
            : regime.Calendar.EndOf(moment.Date!.Value) - TimeSpan.FromMicroseconds(1)));
}
