using System.Net;
using System.Net.Http.Headers;
using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Witnesses;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Witnesses;

/// <summary>A witness in this process, asked as if by HTTP.</summary>
internal sealed class WitnessAtHand : HttpMessageHandler
{
    private readonly string _directory;
    private readonly VerifierKey[] _logs;
    private Witness _witness;

    public WitnessAtHand(string directory, SigningKey key, params VerifierKey[] logs)
    {
        (_directory, Key, _logs) = (directory, key, logs);
        _witness = new Witness(key, logs, directory, new StillClock(Now));
        Client = new WitnessClient(
            new KnownWitness("w", key.Verifier, new Uri("http://witness.example/w/")),
            new HttpClient(this) { Timeout = TimeSpan.FromMinutes(1) },
            new StillClock(Now));
    }

    public SigningKey Key { get; }

    public WitnessClient Client { get; }

    /// <summary>Answers in the witness's place; null lets it answer itself.</summary>
    public Func<byte[], HttpResponseMessage?> Instead { get; set; } = _ => null;

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    public Witness Witness => _witness;

    public void Restart()
    {
        _witness.Dispose();
        _witness = new Witness(Key, _logs, _directory, new StillClock(Now));
    }

    public static HttpResponseMessage Answer(int status, string contentType, string body)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return new HttpResponseMessage((HttpStatusCode)status) { Content = content };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("http://witness.example/w/add-checkpoint", request.RequestUri?.ToString());
        Asked++;
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        if (Instead(body) is { } instead)
            return instead;
        var answer = _witness.Add(body);
        return Answer(answer.Status, answer.ContentType, answer.Body);
    }

    protected override void Dispose(bool disposing)
    {
        _witness.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A clock that stands.</summary>
internal sealed class StillClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
