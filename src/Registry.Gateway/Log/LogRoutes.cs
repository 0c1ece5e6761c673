using System.Globalization;
using System.Text;
using Registry.Gateway.Answers;
using Registry.Gateway.Problems;
using Registry.Log.Receipts;
using Registry.Log.Tiles;
using Registry.Log.Tree;

namespace Registry.Gateway.Log;

/// <summary>The public log: checkpoint, tiles, bundles of entries, objects, and the receipt of an entry.</summary>
internal static class LogRoutes
{
    private const int HashDigits = 64;

    public static void MapLog(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/log").WithTags("Log");
        log.MapRead("checkpoint", Checkpoint).WithSummary("The log's newest signed checkpoint");
        log.MapRead("tile/{**tile}", Tile).WithSummary("A tile, or a bundle of entries");
        log.MapRead("objects/{sha256}", Object).WithSummary("What was too long for an entry");
        log.MapRead("proofs/{sequence}", Proof).WithSummary("The receipt of an entry");
    }

    private static async Task<IResult> Checkpoint(HttpContext context, LogSigning signing) =>
        await signing.Over(1, context.RequestAborted) is { } latest
            ? new LogNote(latest.Note.ToBytes())
            : new Problem(ProblemType.NotFound, LogSigning.Unsigned);

    private static async Task<IResult> Tile(string? tile, HttpContext context, LogFiles files)
    {
        if (tile is null || !TileCoordinates.TryParse(tile, out var coordinates))
            return new Problem(ProblemType.NotFound, "This is no path of a tile: c2sp.org/tlog-tiles says how they are named.");
        try
        {
            return await files.Tile(coordinates, context.RequestAborted) is { } found
                ? found
                : new Problem(ProblemType.NotFound, "The log has not come so far.");
        }
        catch (IOException)
        {
            return new Problem(ProblemType.Unavailable, "The journal does not answer.") { RetryAfterSeconds = 1 };
        }
    }

    private static async Task<IResult> Object(string sha256, LogFiles files) =>
        sha256.Length == HashDigits && sha256.All(char.IsAsciiHexDigitLower) && await files.Object(Convert.FromHexString(sha256)) is { } found
            ? found
            : new Problem(ProblemType.NotFound, "No entry names an object of this SHA-256, in 64 lower-case hexadecimal digits.");

    private static async Task<IResult> Proof(string sequence, HttpContext context, LogFiles files, LogSigning signing)
    {
        if (!long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place) || place < 1)
            return new Problem(ProblemType.NotFound, "The sequence of an entry was expected, a whole number from 1.");
        var entries = await files.Log.Canonical(place - 1, 1);
        if (entries.Count == 0)
            return new Problem(ProblemType.NotFound, "The log has not come so far.");
        try
        {
            if (await signing.Over(place, context.RequestAborted) is not { } checkpoint)
                return new Problem(ProblemType.NotFound, LogSigning.Unsigned);
            if (checkpoint.Size < place)
            {
                return new Problem(ProblemType.Unavailable, "The entry is in the log; no checkpoint over it is signed yet. Ask again for its receipt.")
                {
                    RetryAfterSeconds = 1,
                };
            }

            var proof = await TlogProof.Make(entries[0], place - 1, new TreeReader(files.Tiles, checkpoint.Size), checkpoint, context.RequestAborted);
            return new LogNote(Encoding.UTF8.GetBytes(proof.ToString()));
        }
        catch (TileMissingException)
        {
            // What was signed is of more entries than there are: the signer says so in its log, and signs no further.
            return new Problem(ProblemType.Unavailable, "The journal is not the one whose checkpoint was signed last, so that nothing can be proven.") { RetryAfterSeconds = 60 };
        }
        catch (IOException)
        {
            return new Problem(ProblemType.Unavailable, "The journal does not answer.") { RetryAfterSeconds = 1 };
        }
    }

    /// <summary>A checkpoint or a receipt. The next one may have more signatures.</summary>
    private sealed record LogNote(byte[] Bytes) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = TlogProof.MediaType;
            httpContext.Response.ContentLength = Bytes.Length;
            httpContext.Response.Headers.CacheControl = "no-cache";
            if (!HttpMethods.IsHead(httpContext.Request.Method))
                await httpContext.Response.BodyWriter.WriteAsync(Bytes, httpContext.RequestAborted);
        }
    }
}
