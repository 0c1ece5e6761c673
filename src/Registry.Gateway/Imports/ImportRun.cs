using System.Globalization;
using Registry.Actors;
using Registry.Actors.Features;
using Registry.Actors.Journal;
using Registry.Core.Importing.Sources;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Imports;

/// <summary>Carries one import out: reads the whole file, so that one that is cut short registers nothing, and then registers it.</summary>
/// <param name="filing">Registers features.</param>
/// <param name="clock">The registry's clock.</param>
/// <param name="logger">Where faults of ours are told.</param>
internal sealed class ImportRun(FeatureFiling filing, TimeProvider clock, ILogger<ImportRun> logger)
{
    private const int MostAttempts = 5;

    // Their ground is held while they are appended, and a hold that lasts for ten seconds is taken for abandoned.
    private const int MostTogether = 1_000;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);
    private static readonly SourceLimits Limits = SourceLimits.Default;

    /// <summary>Carries the import out. Whatever happens, the job has ended when the task does; it does not throw.</summary>
    /// <param name="job">The job.</param>
    /// <param name="file">Its file.</param>
    /// <param name="cancellation">The registry is stopping.</param>
    public async Task Carry(ImportJob job, UploadedFile file, CancellationToken cancellation)
    {
        try
        {
            var (state, problem) = await Import(job, file, cancellation);
            job.End(state, clock.GetUtcNow(), problem);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            job.End(ImportState.Failed, clock.GetUtcNow(), Problem.Unavailable("The registry was stopped; send the file again with the same Idempotency-Key."));
        }
        catch (Exception fault) when (fault is JournalUnavailableException or ActorUnavailableException)
        {
            logger.LogError(fault, "Import {Import} could not be carried out", job.Id);
            job.End(ImportState.Failed, clock.GetUtcNow(), Unavailable());
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "Import {Import} failed", job.Id);
            job.End(ImportState.Failed, clock.GetUtcNow(), new Problem(ProblemType.Internal, "The registry failed to import the file."));
        }
    }

    private async Task<(ImportState State, Problem? Problem)> Import(ImportJob job, UploadedFile file, CancellationToken cancellation)
    {
        var total = 0L;
        await foreach (var feature in job.Order.Format.Source.Read(file.FromStart(), Limits, cancellation))
        {
            if (feature.IsEndOfReading)
                return (ImportState.Refused, NotRead(job, feature));
            job.NoteUnread(ImportedFeature.Unread(feature, job.Order));
            total++;
        }

        job.Begin(total);
        if (job.Order.Mode == ImportMode.Feature)
            return await RegisterEach(job, file, cancellation);
        if (total <= MostTogether)
            return await RegisterTogether(job, file, cancellation);
        return (ImportState.Refused, new Problem(ProblemType.RuleBroken, string.Create(CultureInfo.InvariantCulture,
            $"The file has {total} features; at most {MostTogether} are registered together. Nothing was registered.")));
    }

    private async Task<(ImportState State, Problem? Problem)> RegisterTogether(ImportJob job, UploadedFile file, CancellationToken cancellation)
    {
        var (objects, features) = (new List<NewObject>(), new List<SourceFeature>());
        await foreach (var feature in job.Order.Format.Source.Read(file.FromStart(), Limits, cancellation))
        {
            var (prepared, problem) = await filing.Prepare(job, feature);
            if (prepared is null)
            {
                job.Refuse(new ImportRefusal(feature.Index, feature.Id, problem!));
                continue;
            }

            objects.Add(prepared);
            features.Add(feature with { Properties = default, Geometry = null });
        }

        if (job.Progress.Refused > 0)
            return (ImportState.Refused, NothingRegistered());
        if (objects.Count == 0)
            return (ImportState.Done, null);
        for (var attempt = 1; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var (isRepeat, problems) = await filing.RegisterTogether(objects);
                if (problems.Count == 0)
                {
                    job.RegisteredAll(objects.Count, isRepeat);
                    return (ImportState.Done, null);
                }

                foreach (var (index, problem) in problems.Where(problem => problem.Index >= 0))
                    job.Refuse(new ImportRefusal(features[index].Index, features[index].Id, problem));
                if (problems[0].Index >= 0)
                    return (ImportState.Refused, NothingRegistered());
                if (problems[0].Problem.Type != ProblemType.Unavailable)
                    return (ImportState.Refused, problems[0].Problem);
                if (attempt == MostAttempts)
                    return (ImportState.Failed, Unavailable());
            }
            catch (ActorUnavailableException fault) when (attempt < MostAttempts)
            {
                logger.LogWarning(fault, "Import {Import} is tried again", job.Id);
            }

            await Task.Delay(BetweenAttempts, clock, cancellation);
        }
    }

    private async Task<(ImportState State, Problem? Problem)> RegisterEach(ImportJob job, UploadedFile file, CancellationToken cancellation)
    {
        await foreach (var feature in job.Order.Format.Source.Read(file.FromStart(), Limits, cancellation))
        {
            var (isRepeat, problem) = await Register(job, feature, cancellation);
            if (problem is null)
                job.Registered(isRepeat);
            else if (problem.Type == ProblemType.Unavailable)
                return (ImportState.Failed, Unavailable());
            else if (problem.Type == ProblemType.IdempotencyKeyReused)
                // An earlier file under the same key registered this feature's place in it: nothing behind it may be registered beside that.
                return (ImportState.Refused, problem);
            else
                job.Refuse(new ImportRefusal(feature.Index, feature.Id, problem));
        }

        return (ImportState.Done, null);
    }

    // Asked again under its own key a feature is registered once, whatever became of the first attempt.
    private async Task<(bool IsRepeat, Problem? Problem)> Register(ImportJob job, SourceFeature feature, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var outcome = await filing.Register(job, feature);
                if (outcome.Problem?.Type != ProblemType.Unavailable || attempt == MostAttempts)
                    return outcome;
            }
            catch (Exception fault) when (fault is JournalUnavailableException or ActorUnavailableException && attempt < MostAttempts)
            {
                logger.LogWarning(fault, "Import {Import}: feature {Feature} is tried again", job.Id, feature.Index);
            }

            await Task.Delay(BetweenAttempts, clock, cancellation);
        }
    }

    private static Problem NotRead(ImportJob job, SourceFeature end)
    {
        var format = job.Order.Format.Name;
        var detail = end.Index == 0
            ? $"The file cannot be read as {format}: {end.Faults[0].Detail}"
            : string.Create(CultureInfo.InvariantCulture, $"The file cannot be read as {format} beyond its first {end.Index} features: {end.Faults[0].Detail}");
        return new Problem(ProblemType.Malformed, $"{detail} Nothing was registered.")
        {
            Errors = [.. end.Faults.Select(fault => new Core.FieldFault(fault.Pointer, fault.Detail))],
        };
    }

    private static Problem NothingRegistered() =>
        new(ProblemType.RuleBroken, "Some features are refused, and so nothing of the file was registered.");

    private static Problem Unavailable() => Problem.Unavailable(
        "The registry did not answer; send the file again with the same Idempotency-Key, and what was registered is not registered twice.");
}
