using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Registry.Cli.Commands;

namespace Registry.Cli.Importing;

/// <summary>Files objects with a running registry. Safe for concurrent use.</summary>
internal sealed class RegistryConnection : IDisposable
{
    private const int MostAnswerBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly Uri _collection;
    private readonly TimeProvider _clock;

    /// <param name="registry">Where the registry is.</param>
    /// <param name="collection">Where the objects go: <c>deposits</c>.</param>
    /// <param name="key">The API key.</param>
    /// <param name="clock">Measures the delays between attempts.</param>
    public RegistryConnection(Uri registry, string collection, string key, TimeProvider clock)
    {
        // A redirection would take the body to an address that nobody named, without the key.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = AnswerWithin,
            MaxResponseContentBufferSize = MostAnswerBytes,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _collection = new Uri(new Uri(registry.AbsoluteUri.TrimEnd('/') + "/"), collection);
        _clock = clock;
    }

    /// <summary>Files an object, and asks again where the answer is lost or the registry cannot answer now.</summary>
    /// <exception cref="CommandFault">The registry cannot be reached, or does not know the key: no other filing would fare better.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the object may or may not be registered.</exception>
    public async Task<FilingAnswer> File(Filing filing, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? asked = null;
            FilingAnswer? failure = null;
            string fault;
            try
            {
                using var answer = await Send(filing, cancellation);
                if ((int)answer.StatusCode < 500 && answer.StatusCode != HttpStatusCode.TooManyRequests)
                    return await Read(answer, attempt, cancellation);
                fault = $"it answers {Describe(answer.StatusCode)}";
                asked = answer.Headers.RetryAfter?.Delta;
                if (answer.StatusCode == HttpStatusCode.InternalServerError)
                    failure = Failed($"the registry failed: {await Explain(answer, cancellation)}");
            }
            catch (Exception lost) when (IsLost(lost, cancellation))
            {
                fault = PlainText.Of(lost.Message);
            }

            if (attempt == Retry.MostAttempts)
                return failure ?? throw new CommandFault($"There is no registry to talk to at {_collection}: {fault}");
            await Task.Delay(Retry.Delay(attempt, asked), _clock, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> Send(Filing filing, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _collection) { Content = new ByteArrayContent(filing.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", filing.IdempotencyKey);
        return await _http.SendAsync(request, cancellation);
    }

    private async Task<FilingAnswer> Read(HttpResponseMessage answer, int attempt, CancellationToken cancellation)
    {
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
            throw new CommandFault($"The registry at {_collection} does not accept the key: {await Explain(answer, cancellation)}");
        if (answer.StatusCode == HttpStatusCode.Created)
            return await ReadCreated(answer, attempt, cancellation);
        var isProblem = answer.Content.Headers.ContentType?.MediaType == ProblemText.MediaType;
        return isProblem && answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
            ? new FilingAnswer(FilingOutcome.Refused, null, await Explain(answer, cancellation))
            : Failed($"{_collection} answers {Describe(answer.StatusCode)}, which a registry does not");
    }

    private static async Task<FilingAnswer> ReadCreated(HttpResponseMessage answer, int attempt, CancellationToken cancellation)
    {
        var isRepeat = answer.Headers.TryGetValues("Idempotency-Replayed", out var replayed) && replayed.Contains("true");
        if (await IdOf(answer, cancellation) is not { } id)
            return Failed("the registry's answer names no object");
        if (!isRepeat)
            return new FilingAnswer(FilingOutcome.Registered, id, null);
        return new FilingAnswer(FilingOutcome.AlreadyThere, id, attempt == 1 ? null : string.Create(CultureInfo.InvariantCulture,
            $"the registry was asked {attempt} times, and an earlier attempt of this run may have registered it"));
    }

    private static async Task<string?> IdOf(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            return document.RootElement.GetProperty("id"u8).GetString();
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<string> Explain(HttpResponseMessage answer, CancellationToken cancellation) =>
        ProblemText.Read(await answer.Content.ReadAsByteArrayAsync(cancellation)) ?? Describe(answer.StatusCode);

    private static FilingAnswer Failed(string why) => new(FilingOutcome.Failed, null, why);

    private static string Describe(HttpStatusCode status) => string.Create(CultureInfo.InvariantCulture, $"{(int)status} {status}");

    // The client's own timeout is a cancellation too, but not one that the user asked for.
    private static bool IsLost(Exception fault, CancellationToken cancellation) =>
        fault is HttpRequestException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested);
}
