using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Registry.Hosting;

namespace Registry.Gateway.Answers;

/// <summary>Writes one JSON document as the whole answer, with its length, so that it goes out in one piece.</summary>
public static class JsonAnswer
{
    /// <summary>The media type of plain JSON.</summary>
    public const string Json = "application/json";

    /// <summary>The media type of GeoJSON (RFC 7946).</summary>
    public const string GeoJson = "application/geo+json";

    private const int MostKept = 256 * 1024;

    // A document is encoded without an await, so a thread needs one buffer and one writer at a time.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>
    /// How JSON goes out everywhere: letters of any script as they are. Safe because answers are JSON by their media type, which no browser
    /// doubts (<see cref="SafeAnswers"/>), and are never pasted into a page.
    /// </summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Answers with one document.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="mediaType">The media type.</param>
    /// <param name="first">What <paramref name="write"/> needs; passed in so that it captures nothing.</param>
    /// <param name="second">What else it needs.</param>
    /// <param name="write">Writes the document.</param>
    /// <param name="escapesMarkup">
    /// Whether <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> go out as escapes: for what says a stranger's words again and may be pasted into a
    /// page by who asked.
    /// </param>
    public static Task Write<T1, T2>(
        HttpContext context, int status, string mediaType, T1 first, T2 second, Action<Utf8JsonWriter, T1, T2> write, bool escapesMarkup = false)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        var json = _writer ??= new Utf8JsonWriter(buffer, Options);
        try
        {
            write(json, first, second);
            json.Flush();
            if (escapesMarkup)
                EscapeMarkup(buffer);
            var response = context.Response;
            response.StatusCode = status;
            response.ContentType = mediaType;
            response.ContentLength = buffer.WrittenCount;
            if (response.Headers.Vary.Count == 0)
                response.Headers.Vary = Vary.ByEncoding;
            if (HttpMethods.IsHead(context.Request.Method))
                return Task.CompletedTask;
            // Started first, the answer is copied straight into the connection's buffer.
            var started = response.StartAsync(context.RequestAborted);
            if (!started.IsCompletedSuccessfully)
                return WriteAfter(started, response, buffer.WrittenSpan.ToArray());
            response.BodyWriter.Write(buffer.WrittenSpan);
        }
        finally
        {
            buffer.ResetWrittenCount();
            json.Reset();
            if (buffer.Capacity > MostKept)
                (_buffer, _writer) = (null, null);
        }

        return context.Response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }

    // None of the three is part of JSON's own syntax or of an escape: wherever one stands, it stands in a string.
    private static void EscapeMarkup(ArrayBufferWriter<byte> buffer)
    {
        var written = buffer.WrittenSpan;
        if (!written.ContainsAny("<>&"u8))
            return;
        var document = written.ToArray();
        buffer.ResetWrittenCount();
        var rest = document.AsSpan();
        for (var at = rest.IndexOfAny("<>&"u8); at >= 0; at = rest.IndexOfAny("<>&"u8))
        {
            buffer.Write(rest[..at]);
            buffer.Write(rest[at] switch
            {
                (byte)'<' => "\\u003C"u8,
                (byte)'>' => "\\u003E"u8,
                _ => "\\u0026"u8,
            });
            rest = rest[(at + 1)..];
        }

        buffer.Write(rest);
    }

    private static async Task WriteAfter(Task started, HttpResponse response, byte[] document)
    {
        await started;
        await response.BodyWriter.WriteAsync(document);
    }
}
