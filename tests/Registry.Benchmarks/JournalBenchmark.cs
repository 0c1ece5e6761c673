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
    private const int Rounds = 5;
    private const int TogetherEachRound = 20_000;
    private const int AloneEachRound = 2_000;

    /// <summary>Runs it and prints a table.</summary>
    /// <param name="directory">Where the databases are made, on the disk to be measured; they are removed afterwards.</param>
    /// <param name="output">Where the table goes.</param>
    public static async Task Run(string directory, TextWriter output)
    {
        var together = new Tally("batches of up to 64", Clients);
        var alone = new Tally("one transaction each", 1);
        await using (var batched = await SqliteJournal.Open(Path.Combine(directory, "together"), TimeProvider.System, Clients, null))
        await using (var single = await SqliteJournal.Open(Path.Combine(directory, "alone"), TimeProvider.System, 1, null))
        {
            await Measure(batched, together, TogetherEachRound / 10, warmUp: true);
            await Measure(single, alone, AloneEachRound / 10, warmUp: true);
            for (var round = 0; round < Rounds; round++)
            {
                await Measure(batched, together, TogetherEachRound, warmUp: false);
                await Measure(single, alone, AloneEachRound, warmUp: false);
            }

            var report = await Verification.Run(batched);
            if (report.Faults.Count > 0)
                throw new InvalidOperationException($"The journal does not verify: {report.Faults[0]}");
        }

        Directory.Delete(Path.Combine(directory, "together"), recursive: true);
        Directory.Delete(Path.Combine(directory, "alone"), recursive: true);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"The journal alone, {Clients} clients, applications of {CellsEach} cells, {Environment.ProcessorCount} cores, {directory}"));
        Print(output, together);
        Print(output, alone);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio                  {together.PerSecond / alone.PerSecond,10:F1}"));
    }

    private static async Task Measure(SqliteJournal journal, Tally tally, int count, bool warmUp)
    {
        var appends = Enumerable.Range(tally.Filed, count).Select(Application).ToArray();
        tally.Filed += count;
        var next = -1;
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(Client)));
        clock.Stop();
        process.Refresh();
        if (warmUp)
            return;
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

    // Five cells in a cross, as a small application has them, scattered over a sheet as the order of filing scatters them.
    private static Append Application(int number)
    {
        var place = (int)(number * 2_654_435_761L % 1_000_003);
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
        $"{tally.Name,-22} {tally.PerSecond,10:N0} a second {tally.CpuSeconds * 1e6 / tally.Appends,8:F1} us CPU each"));

    private sealed class Tally(string name, int mostInBatch)
    {
        public string Name => name;

        public int MostInBatch => mostInBatch;

        public int Filed { get; set; }

        public int Appends { get; set; }

        public double Seconds { get; set; }

        public double CpuSeconds { get; set; }

        public double PerSecond => Appends / Seconds;
    }
}
