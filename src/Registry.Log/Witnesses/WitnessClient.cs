using System.Globalization;
using System.Net;
using System.Text;
using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Tiles;
using Registry.Log.Tree;

namespace Registry.Log.Witnesses;

/// <summary>Asks one witness for cosignatures. Not for concurrent use.</summary>
/// <param name="witness">The witness. It has an address.</param>
/// <param name="http">The client, as <see cref="CreateHttp"/> makes it. One serves all witnesses.</param>
/// <param name="clock">Says when it was asked.</param>
public sealed class WitnessClient(KnownWitness witness, HttpClient http, TimeProvider clock)
{
    private const int MostAnswerBytes = 64 * 1024;

    // A first attempt, one more after the witness said what it saw last, one more where another process of the log was faster.
    private const int MostAttempts = 3;

    private readonly Uri _address = new((witness.Url ?? throw new ArgumentException("The witness has no address.", nameof(witness))).AbsoluteUri.TrimEnd('/')
        + "/" + AddCheckpoint.Path);

    private long _seen;

    /// <summary>The name of the witness's key.</summary>
    public string Name => witness.Key.Name;

    /// <summary>What it answered last.</summary>
    public WitnessReport Report { get; private set; } = new(witness.Key.Name, WitnessStanding.Unasked, 0, "It was not asked yet.", clock.GetUtcNow());

    /// <summary>Whether a checkpoint bears a cosignature of the witness.</summary>
    public bool HasCosigned(SignedCheckpoint checkpoint) => checkpoint.Note.Signatures.Any(witness.Key.IsClaimedBy);

    /// <summary>A client that follows no redirection, keeps answers small, and gives up in time.</summary>
    /// <param name="limit">How long a witness may take for an answer.</param>
    public static HttpClient CreateHttp(TimeSpan limit) => new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = limit })
    {
        Timeout = limit,
        MaxResponseContentBufferSize = MostAnswerBytes,
    };

    /// <summary>How many entries the witness saw of the log; null when it does not say.</summary>
    /// <param name="last">The log's last checkpoint. A witness that has seen none of the log cosigns it.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task<long?> LastSeen(SignedCheckpoint last, CancellationToken cancellation = default)
    {
        var answer = await Ask(new AddCheckpoint(0, [], last), cancellation);
        if (answer is { Status: HttpStatusCode.Conflict, StaleSize: { } size })
        {
            _seen = size;
            Tell(WitnessStanding.Cosigns, $"It has seen {size} entries.");
            return size;
        }

        return answer is { Status: HttpStatusCode.OK } && Cosignatures(last, answer.Body).Length > 0 ? last.Size : null;
    }

    /// <summary>Asks for the cosignature of a checkpoint. Nothing that a witness answers, or does not, is an exception.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="tiles">The log's tiles, for the proof from what the witness saw last.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <returns>The genuine cosignatures by the witness's key; none when there is no answer, or a refusal, as <see cref="Report"/> says.</returns>
    /// <exception cref="IOException">The tiles cannot be read.</exception>
    /// <exception cref="TileMissingException">A tile is missing.</exception>
    public async Task<NoteSignature[]> Cosign(SignedCheckpoint checkpoint, ITileSource tiles, CancellationToken cancellation = default)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            if (_seen > checkpoint.Size)
            {
                Tell(WitnessStanding.Refuses, $"It has seen {_seen} entries under this origin, and the log has only {checkpoint.Size}.");
                return [];
            }

            var proof = await MerkleProof.Consistency(new TreeReader(tiles, checkpoint.Size), _seen, cancellation);
            var answer = await Ask(new AddCheckpoint(_seen, proof, checkpoint), cancellation);
            if (answer is { Status: HttpStatusCode.OK })
                return Cosignatures(checkpoint, answer.Body);
            if (answer is null)
                return [];
            if (answer.StaleSize is not { } size)
            {
                // 422: the proof does not hold for it. The others are a witness that does not know this log, or is none.
                Tell(answer.Status == HttpStatusCode.UnprocessableEntity ? WitnessStanding.Refuses : WitnessStanding.Silent, Words(answer));
                return [];
            }

            _seen = size;
        }

        Tell(WitnessStanding.Silent, $"It said {MostAttempts} times that it had seen another size.");
        return [];
    }

    private async Task<Answer?> Ask(AddCheckpoint request, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.PostAsync(_address, new ByteArrayContent(request.ToBytes()), cancellation);
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            var isSize = answer.StatusCode == HttpStatusCode.Conflict && answer.Content.Headers.ContentType?.MediaType == AddCheckpoint.SizeMediaType;
            return new Answer(answer.StatusCode, body,
                isSize && body.EndsWith('\n') && StrictText.TryDecimal(body.AsSpan()[..^1], out var size) ? size : null);
        }
        catch (HttpRequestException fault)
        {
            Tell(WitnessStanding.Silent, fault.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Tell(WitnessStanding.Silent, $"It did not answer within {http.Timeout.TotalSeconds} s.");
        }

        return null;
    }

    private NoteSignature[] Cosignatures(SignedCheckpoint checkpoint, string body)
    {
        try
        {
            // What is not of the witness's key is ignored, as the specification says.
            NoteSignature[] own = [.. SignedNote.ParseSignatures(body).Where(witness.Key.IsClaimedBy)];
            if (own.Length > 0 && own.All(signature => witness.Key.Verifies(checkpoint.Note.Text, signature, out _)))
            {
                _seen = checkpoint.Size;
                Tell(WitnessStanding.Cosigns, string.Create(CultureInfo.InvariantCulture, $"It has cosigned {checkpoint.Size} entries."));
                return own;
            }

            Tell(WitnessStanding.Silent, $"Its answer has no genuine signature of the key {witness.Key}.");
        }
        catch (FormatException fault)
        {
            Tell(WitnessStanding.Silent, $"Its answer is not that of a witness: {fault.Message}");
        }

        return [];
    }

    private static string Words(Answer answer) => string.Create(CultureInfo.InvariantCulture,
        $"It answered {(int)answer.Status} {answer.Status}: {StrictText.Quote(Printable(answer.Body))}");

    private static string Printable(string body) => new StringBuilder(body.Trim()).Replace('\n', ' ').Replace('\r', ' ').ToString();

    private void Tell(WitnessStanding standing, string words) => Report = new WitnessReport(Name, standing, _seen, words, clock.GetUtcNow());

    private sealed record Answer(HttpStatusCode Status, string Body, long? StaleSize);
}
