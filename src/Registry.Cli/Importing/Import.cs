using System.Collections.Concurrent;

namespace Registry.Cli.Importing;

/// <summary>Sends what a file asks for, and reports on every row of it.</summary>
/// <param name="around">Where to write.</param>
/// <param name="request">What was asked for on the command line.</param>
internal sealed class Import(Surroundings around, ImportRequest request)
{
    /// <summary>Imports a table into a collection. Nothing that is there already is changed, and nothing is ever deleted.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> Run(string collection, SourceTable table, CancellationToken cancellation)
    {
        // Opened first, so that a report that cannot be written stops the import before it has begun.
        await using var report = request.OpenReport();
        var filings = table.Rows.Select(row => row.Filing).OfType<Filing>().Distinct(ReferenceEqualityComparer.Instance).Cast<Filing>().ToList();
        var answers = new ConcurrentDictionary<Filing, FilingAnswer>(ReferenceEqualityComparer.Instance);
        var stopped = await Send(collection, filings, answers, cancellation);

        var rows = table.Rows.Select(row => ImportedRow.Of(row, row.Filing is { } filing ? answers.GetValueOrDefault(filing) : null)).ToList();
        if (report is not null)
            ImportReport.Write(report, rows);
        else
            rows.ForEach(around.Output.WriteLine);
        await around.Output.WriteLineAsync(ImportReport.Totals(rows));
        if (table.Unread.Count > 0)
            await around.Output.WriteLineAsync(PlainText.Of($"Properties that were not read: {string.Join(", ", table.Unread)}."));
        if (stopped is not null)
            await around.Error.WriteLineAsync(stopped);
        return rows.Exists(row => row.Outcome == ImportOutcome.Failed) ? ExitCodes.Failed : ExitCodes.Done;
    }

    /// <summary>Why the sending stopped before its end; null when it did not.</summary>
    private async Task<string?> Send(
        string collection, List<Filing> filings, ConcurrentDictionary<Filing, FilingAnswer> answers, CancellationToken cancellation)
    {
        using var registry = new RegistryConnection(request.Registry, collection, request.Key, around.Clock);
        try
        {
            await Progress.Show(around, collection, filings.Count, step => Parallel.ForEachAsync(
                filings,
                new ParallelOptions { MaxDegreeOfParallelism = request.AtOnce, CancellationToken = cancellation },
                async (filing, stop) =>
                {
                    answers[filing] = await registry.File(filing, stop);
                    step();
                }));
            return null;
        }
        catch (CommandFault fault)
        {
            return fault.Message;
        }
        catch (OperationCanceledException)
        {
            return "Stopped. To import the file again is safe.";
        }
    }
}
