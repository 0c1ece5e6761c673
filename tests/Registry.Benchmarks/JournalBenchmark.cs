using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Titles;
using Registry.Storage.Sqlite;

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
    private const int TogetherEachRound = 20_000;
    private const int AloneEachRound = 2_000;

    /// <summary>Runs it and prints a table.</summary>
    /// <param name="directory">Where the databases are made, on the disk to be measured; they are removed afterwards.</param>
    /// <param name="output">Where the table goes.</param>
    public static async Task Run(string directory, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"The journal alone: {Clients} clients, applications of {CellsEach} cells, {Environment.ProcessorCount} cores, {directory}"));
        await Run(directory, output, "side by side", number => number);
        // A step that is prime to the number of places visits each once, far from the one before: the worst for a B-tree.
        await Run(directory, output, "scattered", number => (int)(number * 2_654_435_761L % Places));
    }

    private static async Task Run(string directory, TextWriter output, string ground, Func<int, int> place)
    {
        var together = new Tally("batches of up to 64");
        var alone = new Tally("one transaction each");
        var (batches, singles) = (Path.Combine(directory, "together"), Path.Combine(directory, "alone"));
        await using (var batched = await SqliteJournal.Open(batches, TimeProvider.System, Clients, null))
        await using (var single = await SqliteJournal.Open(singles, TimeProvider.System, 1, null))
        {
            await Measure(batched, together, TogetherEachRound, place);
            await Measure(single, alone, AloneEachRound, place);
            together.Restart();
            alone.Restart();
            for (var round = 0; round < Rounds; round++)
            {
                await Measure(batched, together, TogetherEachRound, place);
                await Measure(single, alone, AloneEachRound, place);
            }

            var report = await Verification.Run(batched);
            if (report.Faults.Count > 0)
                throw new InvalidOperationException($"The journal does not verify: {report.Faults[0]}");
        }

        Directory.Delete(batches, recursive: true);
        Directory.Delete(singles, recursive: true);
        output.WriteLine($"ground {ground}");
        Print(output, together);
        Print(output, alone);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ratio                {together.PerSecond / alone.PerSecond,10:F1}"));
    }

    private static async Task Measure(SqliteJournal journal, Tally tally, int count, Func<int, int> place)
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
    private static Append Application(int number, int place)
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
            By = "benchmark",
            State = JsonSerializer.SerializeToUtf8Bytes(LicenseBlockState.After(null, applied), CoreJson.Default.LicenseBlockState),
            Sheets = cells.Sheets(graticule),
            Claims = cells,
            Epochs = [.. cells.Sheets(graticule).Select(sheet => new SheetEpoch(sheet, 0))],
            Key = new RequestKey($"digest of benchmark and {id}", $"digest of POST /license-blocks {id}"),
        };
    }

    private static void Print(TextWriter output, Tally tally) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {tally.Name,-22} {tally.PerSecond,10:N0} a second {tally.CpuSeconds * 1e6 / tally.Appends,8:F1} us CPU each"));

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
