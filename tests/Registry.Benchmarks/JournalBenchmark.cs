using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Titles;
using Registry.Storage.Postgres;
using Registry.Storage.Sqlite;
using Registry.Storage.Tests.Postgres;

namespace Registry.Benchmarks;

/// <summary>
/// What group commit is worth: applications of five cells from 64 clients, committed together, against one transaction for each,
/// on one disk in one run. The two take turns, so that whatever else the machine does falls on both.
/// </summary>
public static class JournalBenchmark
{
    private const int Clients = 64;
    private const int CellsEach = 5;
    private const int Places = 1_000_003;
    private const int Rounds = 5;

    /// <summary>Runs it and prints a table, for SQLite, and for PostgreSQL where it is installed.</summary>
    /// <param name="directory">Where the databases of SQLite are made, on the disk to be measured; they are removed afterwards.</param>
    /// <param name="output">Where the table goes.</param>
    public static async Task Run(string directory, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"The journal alone: {Clients} clients, applications of {CellsEach} cells, {Environment.ProcessorCount} cores, {directory}"));
        await Run(output, "SQLite", new Round(20_000, 2_000), async (name, most) =>
        {
            var place = Path.Combine(directory, name);
            if (Directory.Exists(place))
                Directory.Delete(place, recursive: true);
            return await SqliteJournal.Open(place, TimeProvider.System, most, null);
        });
        Directory.Delete(directory, recursive: true);
        if (PostgresServer.WhyNot is { } reason)
        {
            output.WriteLine(reason);
            return;
        }

        await using var server = await PostgresServer.StartNew();
        await Run(output, "PostgreSQL", new Round(8_000, 400), async (name, most) =>
            await PostgresJournal.Open(await server.EmptyDatabase(name), TimeProvider.System, most, null));
    }

    private static async Task Run(TextWriter output, string storage, Round round, Func<string, int, Task<IJournal>> open)
    {
        await Run(output, $"{storage}, ground side by side", round, open, number => number);
        // A step that is prime to the number of places visits each once, far from the one before: the worst for a B-tree.
        await Run(output, $"{storage}, ground scattered", round, open, number => (int)(number * 2_654_435_761L % Places));
    }

    private static async Task Run(
        TextWriter output, string title, Round round, Func<string, int, Task<IJournal>> open, Func<int, int> place)
    {
        var together = new Tally("batches of up to 64");
        var alone = new Tally("one transaction each");
        await using (var batched = await open("together", Clients))
        await using (var single = await open("alone", 1))
        {
            await Measure(batched, together, round.Together, place);
            await Measure(single, alone, round.Alone, place);
            together.Restart();
            alone.Restart();
            for (var done = 0; done < Rounds; done++)
            {
                await Measure(batched, together, round.Together, place);
                await Measure(single, alone, round.Alone, place);
            }

            var report = await Verification.Run(batched);
            if (report.Faults.Count > 0)
                throw new InvalidOperationException($"The journal does not verify: {report.Faults[0]}");
        }

        output.WriteLine(title);
        Print(output, together);
        Print(output, alone);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ratio                {together.PerSecond / alone.PerSecond,10:F1}"));
    }

    private static async Task Measure(IJournal journal, Tally tally, int count, Func<int, int> place)
    {
        var appends = Enumerable.Range(tally.Filed, count).Select(number => Application(number, place(number))).ToArray();
        tally.Filed += count;
        var next = -1;
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(Client)));
        clock.Stop();
        process.Refresh();
        tally.Appends += count;
        tally.Seconds += clock.Elapsed.TotalSeconds;
        tally.CpuSeconds += (process.TotalProcessorTime - cpu).TotalSeconds;

        async Task Client()
        {
            for (var i = Interlocked.Increment(ref next); i < appends.Length; i = Interlocked.Increment(ref next))
            {
                var result = await journal.Append(appends[i]);
                if (result is not Committed)
                    throw new InvalidOperationException($"An application was not filed: {result}");
            }
        }
    }

    // Five cells in a cross. Places lie in rows of 1,200 from the south-west corner of K-41.
    /// <summary>An application of five cells in a cross, as the journal gets it; no two places share a cell.</summary>
    internal static Append Application(int number, int place)
    {
        var graticule = Graticule.Minute;
        var (row, column) = (5_400 + (240 * 10) + (place / 1_200 * 3) + 1, 10_800 + (360 * 10) + (place % 1_200 * 3) + 1);
        var cells = CellSet.Of(
        [
            graticule.CellOf(row, column),
            graticule.CellOf(row, column - 1),
            graticule.CellOf(row, column + 1),
            graticule.CellOf(row - 1, column),
            graticule.CellOf(row + 1, column),
        ]);
        var id = string.Create(CultureInfo.InvariantCulture, $"lb-{number:x8}");
        var applied = new Applied(id, LicenseBlockKind.Exploration, new Holder("p-1", "Made-up Metals", "KZ"), cells, null, ["copper"], false);
        return new Append
        {
            Stream = new StreamId(Collection.LicenseBlocks, id),
            Version = 1,
            Event = JsonSerializer.SerializeToUtf8Bytes(applied, CoreJson.Default.LicenseBlockEvent),
            By = new Caller("benchmark", Role.Applicant, "p-1"),
            State = JsonSerializer.SerializeToUtf8Bytes(LicenseBlockState.After(null, applied), CoreJson.Default.LicenseBlockState),
            Sheets = cells.Sheets(graticule),
            Claims = cells,
            Epochs = [.. cells.Sheets(graticule).Select(sheet => new SheetEpoch(sheet, 0))],
            Key = new RequestKey($"digest of benchmark and {id}", $"digest of POST /license-blocks {id}"),
        };
    }

    private static void Print(TextWriter output, Tally tally) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {tally.Name,-22} {tally.PerSecond,10:N0} a second {tally.CpuSeconds * 1e6 / tally.Appends,8:F1} us CPU each"));

    // How many applications are measured at a time.
    private sealed record Round(int Together, int Alone);

    private sealed class Tally(string name)
    {
        public string Name => name;

        public int Filed { get; set; }

        public int Appends { get; set; }

        public double Seconds { get; set; }

        public double CpuSeconds { get; set; }

        public double PerSecond => Appends / Seconds;

        /// <summary>Leaves out what was measured so far, while code was still being compiled; the places stay used.</summary>
        public void Restart() => (Appends, Seconds, CpuSeconds) = (0, 0, 0);
    }
}
