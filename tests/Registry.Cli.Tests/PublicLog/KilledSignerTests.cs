using System.Net;
using System.Text;
using Registry.Gateway.Tests.Acceptance;
using Registry.Log.Notes;
using Registry.Log.Tree;
using Registry.Storage.Sqlite;

namespace Registry.Cli.Tests.PublicLog;

/// <summary>A process that serves and signs is killed while companies file and ask for receipts: for no size two roots were ever signed.</summary>
public sealed class KilledSignerTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public Task Killed_three_times_a_process_signs_one_root_for_a_size() => Kill(3);

    [Fact]
    [Trait("Category", "Long")]
    public Task Killed_thirty_times_a_process_signs_one_root_for_a_size() => Kill(30);

    private async Task Kill(int times)
    {
        var seen = new Dictionary<long, TreeHash>();
        var number = 0;
        for (var kill = 0; kill < times; kill++)
        {
            await using var registry = await RegistryProcess.Start(_data.Path);
            using var client = registry.Client("dev-registrar");
            // Killed in the middle: of several that file and have it signed, while some wait for their answer.
            var first = new TaskCompletionSource();
            var filing = Enumerable.Range(0, 8).Select(_ => File(client, seen, first, () => Interlocked.Increment(ref number))).ToList();
            await first.Task.WaitAsync(TimeSpan.FromMinutes(2));
            await registry.Kill();
            await Task.WhenAll(filing);
            Note(seen, SignedCheckpoint.Parse(await System.IO.File.ReadAllBytesAsync(_data.File("log.checkpoint"))));
        }

        // Every root that anybody saw is that of the entries up to there.
        await using var journal = await SqliteJournal.Open(_data.Path, TimeProvider.System);
        var tree = TreeFrontier.Empty;
        foreach (var entry in await journal.Canonical(0, int.MaxValue))
        {
            tree = tree.Append(TreeHash.OfLeaf(entry));
            if (seen.Remove(tree.Size, out var root))
                Assert.Equal(tree.Root, root);
        }

        Assert.DoesNotContain(seen.Keys, size => size > 0);
        Assert.True(number > times, "Nothing was filed.");
    }

    // Until the registry is gone.
    private static async Task File(HttpClient client, Dictionary<long, TreeHash> seen, TaskCompletionSource first, Func<int> next)
    {
        try
        {
            for (var asked = 0; ; asked++)
            {
                using var body = new StringContent($$"""{"name": "Made-up {{next()}}", "country": "KZ"}""", Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(new Uri("/parties", UriKind.Relative), body);
                if (answer.StatusCode != HttpStatusCode.Created)
                    continue;
                var receipt = answer.Headers.GetValues("Link").Single(link => link.Contains("receipt", StringComparison.Ordinal)).Split('<', '>')[1];
                using var signed = await client.GetAsync(new Uri(receipt, UriKind.Relative));
                if (signed.IsSuccessStatusCode)
                    Note(seen, SignedCheckpoint.Parse(await client.GetByteArrayAsync(new Uri("/log/checkpoint", UriKind.Relative))));
                if (asked == 2)
                    first.TrySetResult();
            }
        }
        catch (HttpRequestException)
        {
            // It was killed.
        }
    }

    private static void Note(Dictionary<long, TreeHash> seen, SignedCheckpoint checkpoint)
    {
        lock (seen)
        {
            if (!seen.TryAdd(checkpoint.Size, checkpoint.Root))
                Assert.Equal(seen[checkpoint.Size], checkpoint.Root);
        }
    }
}
