using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Cluster.Tests;

/// <summary>
/// Clients that apply for overlapping ground at random, and ask what lies around it. One that gets no answer, or 503, sends the same
/// application under the same key until it knows what became of it. Each client takes its time, so that all of them together leave the
/// silos room on a machine of two cores: what is shown here is what holds under load, not how much of it there can be.
/// </summary>
public sealed class RandomApplications
{
    private const int Clients = 64;

    // Cells on each side of a corner: so few that applications collide.
    private const int Reach = 25;
    private const int LongestSide = 4;

    // Longer than the registry takes for a refusal, so that a machine that is merely busy leaves no question unanswered.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // A client applies no more often: 64 clients, at most 256 applications and as many questions a second.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    // One after the other, so that two on one cluster send other applications under other keys.
    private static int _loads;

    private readonly int _load = Interlocked.Increment(ref _loads);
    private readonly ConcurrentDictionary<string, string[]> _granted = new();
    private readonly Lock _gate = new();
    private int _answered;
    private int _repeated;
    private int _unansweredQuestions;
    private (int Count, TaskCompletionSource Reached) _awaited = (0, new TaskCompletionSource());

    /// <summary>How many were answered with 201.</summary>
    public int Granted => _granted.Count;

    /// <summary>How many times an application was sent again under its key, because it had no answer or 503.</summary>
    public int Repeated => _repeated;

    /// <summary>How many questions had no answer, or 503. A question is asked once.</summary>
    public int UnansweredQuestions => _unansweredQuestions;

    /// <summary>Applies until it is stopped; ends when every client knows what became of its last application.</summary>
    public Task Run(RegistryProcess registry, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Run(registry, number, stop)));

    /// <summary>Ends when this many more were answered.</summary>
    public Task MoreAnswers(int count)
    {
        lock (_gate)
        {
            _awaited = (_answered + count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return _awaited.Reached.Task;
        }
    }

    /// <summary>No cell is in two applications that were answered with 201.</summary>
    public void NoCellWasGivenTwice()
    {
        var cells = _granted.Values.SelectMany(cells => cells).ToList();
        Assert.NotEmpty(cells);
        Assert.Equal(cells.Count, cells.Distinct().Count());
    }

    /// <summary>Every application that was answered with 201 is in the registry, with its cells.</summary>
    public async Task EveryGrantIsThere(RegistryProcess registry)
    {
        using var client = registry.Client();
        await Parallel.ForEachAsync(_granted, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (application, stop) =>
        {
            var feature = await client.GetFromJsonAsync<JsonElement>($"/license-blocks/{application.Key}", stop);
            var cells = feature.GetProperty("properties").GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()!);
            Assert.Equal(application.Value.Order(), cells.Order());
        });
    }

    private async Task Run(RegistryProcess registry, int number, CancellationToken stop)
    {
        using var client = registry.Applicant(number);
        client.Timeout = Patience;
        var random = new Random((_load * Clients) + number);
        using var pace = new PeriodicTimer(Pace);
        for (var i = 0; !stop.IsCancellationRequested; i++, await pace.WaitForNextTickAsync(CancellationToken.None))
        {
            var cells = Ground(random);
            using var answer = await client.ApplyUntilAnswered(
                string.Create(CultureInfo.InvariantCulture, $"random-{_load}-{number}-{i}"), cells, () => Interlocked.Increment(ref _repeated));
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                var feature = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
                Assert.True(_granted.TryAdd(feature.GetProperty("id").GetString()!, cells));
            }
            else
            {
                Assert.True(
                    answer.StatusCode == HttpStatusCode.Conflict,
                    $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
            }

            await Ask(client, random);
            Count();
        }
    }

    // What is answered is an answer or a problem that says to wait.
    private async Task Ask(HttpClient client, Random random)
    {
        try
        {
            var code = Uri.EscapeDataString(Ground(random)[0]);
            using var answer = await client.GetAsync(new Uri($"/cells/{code}", UriKind.Relative), CancellationToken.None);
            if (answer.StatusCode == HttpStatusCode.OK)
                return;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
        catch (TaskCanceledException)
        {
            // No answer in the client's time.
        }

        Interlocked.Increment(ref _unansweredQuestions);
    }

    private void Count()
    {
        lock (_gate)
        {
            if (++_answered >= _awaited.Count)
                _awaited.Reached.TrySetResult();
        }
    }

    private static string[] Ground(Random random) => SheetCorners.Rectangle(
        random.Next(SheetCorners.Count),
        random.Next(-Reach, Reach), random.Next(-Reach, Reach), random.Next(1, LongestSide), random.Next(1, LongestSide));
}
