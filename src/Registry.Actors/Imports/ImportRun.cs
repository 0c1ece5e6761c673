using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Actors.Titles;
using Registry.Core;

namespace Registry.Actors.Imports;

/// <summary>One run of an import, from its first feature to its end.</summary>
/// <param name="kept">The import.</param>
/// <param name="asked">What it asks for.</param>
/// <param name="number">The run's number, unique to it; names its attempts.</param>
/// <param name="ports">The world.</param>
/// <param name="log">Where faults of ours are told.</param>
internal sealed partial class ImportRun(KeptImport kept, AcceptedImport asked, long number, ActorPorts ports, ILogger log)
{
    // Their ground is held while they are appended, and a hold that lasts for ten seconds is taken for abandoned.
    private const int MostTogether = 1_000;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    // An outage is waited out. What cannot be known for so long has another cause, for which somebody has to look.
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(1);

    // A clock that was put forward is no hour of asking.
    private const int LeastAttempts = 10;

    private readonly ImportTally _tally = new(asked.Total);

    /// <summary>How far the import is. How it ended, the journal tells.</summary>
    public ImportProgress Progress => _tally.Progress;

    /// <summary>The same with what was refused.</summary>
    public ImportReport Report => _tally.Report;

    private DateTimeOffset Now => ports.Clock.GetUtcNow();

    /// <summary>Carries the import out, and ends it. Does not throw; where the import has not ended then, it goes on in another run.</summary>
    /// <param name="cancellation">Stops it.</param>
    public async Task Carry(CancellationToken cancellation)
    {
        try
        {
            // Whoever asked for the import does not wait for it.
            await Task.Yield();
            await End(await Outcome(cancellation), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            LogStopped(log, kept.Id);
        }
        catch (OvertakenException)
        {
            LogOvertaken(log, kept.Id);
        }
        catch (Exception fault)
        {
            LogFault(log, fault, kept.Id);
        }
    }

    private async Task<ImportReport> Outcome(CancellationToken cancellation)
    {
        try
        {
            var (state, why) = await Import(cancellation);
            return _tally.Ended(state, why, Now);
        }
        catch (Exception fault) when (fault is not OvertakenException && !cancellation.IsCancellationRequested)
        {
            LogFault(log, fault, kept.Id);
            return _tally.Ended(ImportState.Failed, null, Now);
        }
    }

    // Nobody is told how the import ended before it is kept: another run might come to another end.
    private async Task End(ImportReport report, CancellationToken cancellation)
    {
        var end = new ImportEnd(report.Progress.EndedAt!.Value, report.Progress.State != ImportState.Failed, report.ToBytes());
        await UntilKnown("end", async _ =>
        {
            await ports.Journal.EndRun(kept.Id, number, end);
            return end;
        }, cancellation);
    }

    private Task<(ImportState State, Refusal? Why)> Import(CancellationToken cancellation) => asked switch
    {
        { Unreadable: { } unreadable } => Task.FromResult<(ImportState, Refusal?)>((ImportState.Refused, unreadable)),
        { Mode: ImportMode.Feature } => RegisterEach(cancellation),
        { Total: <= MostTogether } => RegisterTogether(cancellation),
        _ => Task.FromResult<(ImportState, Refusal?)>((ImportState.Refused, new Refusal(RefusalKind.RuleBroken, string.Create(
            CultureInfo.InvariantCulture,
            $"The file has {asked.Total} features; at most {MostTogether} are registered together. Nothing was registered.")))),
    };

    private async Task<(ImportState State, Refusal? Why)> RegisterEach(CancellationToken cancellation)
    {
        await foreach (var item in Items(cancellation))
        {
            if (item.Refusal is { } unread)
            {
                _tally.Refuse(item, unread);
                continue;
            }

            var outcome = await UntilKnown(item.Index.ToString(CultureInfo.InvariantCulture), attempt => Register(item, attempt), cancellation);
            switch (outcome)
            {
                case null:
                    return (ImportState.Failed, Unknown());
                case { Refusal: null }:
                    _tally.Registered(1, outcome.IsRepeat);
                    break;
                case { Refusal.Kind: RefusalKind.IdempotencyKeyReused }:
                    // Something else stands under the feature's key: nothing behind it may be registered beside that.
                    return (ImportState.Refused, outcome.Refusal);
                default:
                    _tally.Refuse(item, outcome.Refusal);
                    break;
            }
        }

        return (ImportState.Done, null);
    }

    // Null: what became of it is not known. Asked again under its own key a feature is registered once, whatever became of the first attempt.
    private async Task<Registration?> Register(ImportItem item, string attempt)
    {
        var request = new Request(attempt, asked.Caller, KeyOf(item));
        var outcome = item.Application is { } application
            ? Registration.Of(await ports.Actors.LicenseBlock(item.Id).Carry(request, application))
            : Registration.Of(await ports.Actors.Deposit(item.Id).Register(request, item.Deposit!));
        return outcome.Refusal?.Kind == RefusalKind.Unavailable ? null : outcome;
    }

    private async Task<(ImportState State, Refusal? Why)> RegisterTogether(CancellationToken cancellation)
    {
        var (objects, items) = (new List<NewObject>(), new List<ImportItem>());
        await foreach (var item in Items(cancellation))
        {
            var (made, refusal) = item.Refusal is { } unread ? (null, unread) : Prepare(item);
            if (refusal is not null)
            {
                _tally.Refuse(item, refusal);
                continue;
            }

            objects.Add(made!);
            items.Add(item with { Application = null, Deposit = null });
        }

        if (_tally.Progress.Refused > 0)
            return (ImportState.Refused, NothingRegistered());
        if (objects.Count == 0)
            return (ImportState.Done, null);
        var together = new JointRegistration(ports.Actors, ports.Journal, ports.Regime, ports.Edition);
        var answer = await UntilKnown("all", async attempt =>
        {
            var told = await together.Register(attempt, objects);
            return told.Refusals is [{ Refusal.Kind: RefusalKind.Unavailable }] ? null : told;
        }, cancellation);
        switch (answer)
        {
            case null:
                return (ImportState.Failed, Unknown());
            case { Refusals: [] }:
                _tally.Registered(objects.Count, answer.IsRepeat);
                return (ImportState.Done, null);
            case { Refusals: [{ Index: < 0, Refusal: var whole }] }:
                return (ImportState.Refused, whole);
            default:
                foreach (var (index, refusal) in answer.Refusals)
                    _tally.Refuse(items[index], refusal);
                return (ImportState.Refused, NothingRegistered());
        }
    }

    private (NewObject? Object, Refusal? Refusal) Prepare(ImportItem item) => item.Application is { } application
        ? NewObject.Of(ports.Regime, item.Id, KeyOf(item), asked.Caller, application, ports.Regime.Calendar.DateOf(Now))
        : NewObject.Of(ports.Regime, KeyOf(item), asked.Caller, item.Deposit!);

    private RequestKey KeyOf(ImportItem item) => new(item.Key, kept.Fingerprint);

    private async IAsyncEnumerable<ImportItem> Items([EnumeratorCancellation] CancellationToken cancellation)
    {
        var count = 0L;
        for (var part = 0; count < asked.Total; part++)
        {
            var bytes = await UntilKnown("read", async _ => new Part(await ports.Journal.LoadPart(kept.Content, part)), cancellation)
                ?? throw new JournalUnavailableException("The content of the import could not be read for an hour.");
            // Dropped: another run has ended the import.
            foreach (var item in ImportParts.Read(bytes.Bytes ?? throw new OvertakenException()))
            {
                // Storage that answers at once must not keep the actor from those who ask how far it is.
                await Task.Yield();
                cancellation.ThrowIfCancellationRequested();
                count++;
                yield return item;
            }
        }
    }

    // Null: it is not known, after long waiting, whether it was done.
    private async Task<T?> UntilKnown<T>(string what, Func<string, Task<T?>> ask, CancellationToken cancellation)
        where T : class
    {
        var (since, pause) = (ports.Clock.GetTimestamp(), s_firstPause);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await ask(string.Create(CultureInfo.InvariantCulture, $"{kept.Id}.{number}.{what}.{attempt}")) is { } known)
                    return known;
            }
            catch (Exception fault) when (fault is JournalUnavailableException or ActorUnavailableException)
            {
                LogAgain(log, fault, kept.Id, what);
            }

            if (attempt >= LeastAttempts && ports.Clock.GetElapsedTime(since) > s_patience)
                return null;
            await Task.Delay(pause, ports.Clock, cancellation);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    private static Refusal NothingRegistered() =>
        new(RefusalKind.RuleBroken, "Some features are refused, and so nothing of the file was registered.");

    private static Refusal Unknown() => new(RefusalKind.Unavailable,
        "The registry did not answer; send the file again with the same Idempotency-Key, and what was registered is not registered twice.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Import} stops here; another run carries it on.")]
    private static partial void LogStopped(ILogger log, string import);

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Import} was ended by another run.")]
    private static partial void LogOvertaken(ILogger log, string import);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Import {Import}: {What} is tried again.")]
    private static partial void LogAgain(ILogger log, Exception fault, string import, string what);

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {Import} failed.")]
    private static partial void LogFault(ILogger log, Exception fault, string import);

    private sealed record Registration(bool IsRepeat, Refusal? Refusal)
    {
        public static Registration Of<TState>(Answer<TState> answer)
            where TState : class => new(answer.IsRepeat, answer.Refusal);
    }

    private sealed record Part(byte[]? Bytes);

    /// <summary>The import has ended by another run.</summary>
    private sealed class OvertakenException : Exception;
}
