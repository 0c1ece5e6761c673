using System.Collections.Concurrent;
using Registry.Cli.Commands;

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
        var filings = table.Rows.Select(row => row.Filing).OfType<Filing>().DistinctBy(filing => filing.IdempotencyKey).ToList();
        var answers = new ConcurrentDictionary<string, FilingAnswer>(StringComparer.Ordinal);
        var stopped = await Send(collection, filings, answers, cancellation);

        var rows = table.Rows
            .Select(row => ImportedRow.Of(row, row.Filing is { } filing ? answers.GetValueOrDefault(filing.IdempotencyKey) : null))
            .ToList();
        if (report is not null)
            ImportReport.Write(report, rows);
        else
            rows.ForEach(around.Output.WriteLine);
        await around.Output.WriteLineAsync(ImportReport.Totals(rows));
        if (table.Unread.Count > 0)
            await around.Output.WriteLineAsync(PlainText.Of($"Properties that were not read: {string.Join(", ", table.Unread)}."));
        if (stopped is not null)
            await around.Error.WriteLineAsync(stopped);
        return rows.Exists(row => row.Outcome is ImportOutcome.Failed or ImportOutcome.Refused) ? ExitCodes.Failed : ExitCodes.Done;
    }

    /// <summary>Sends the filings, and gathers the answers by their idempotency keys.</summary>
    /// <returns>Why the sending stopped before its end; null when it did not.</returns>
    private async Task<string?> Send(
        string collection, List<Filing> filings, ConcurrentDictionary<string, FilingAnswer> answers, CancellationToken cancellation)
    {
        using var registry = new RegistryConnection(request.Registry, collection, request.Key, around.Clock);
        try
        {
            await Progress.Show(around, collection, filings.Count, step => Parallel.ForEachAsync(
                filings,
                new ParallelOptions { MaxDegreeOfParallelism = request.AtOnce, CancellationToken = cancellation },
                async (filing, stop) =>
                {
                    answers[filing.IdempotencyKey] = await registry.File(filing, stop);
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
