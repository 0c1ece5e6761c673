using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Registry.Gateway.Answers;

namespace Registry.Gateway.Problems;

/// <summary>
/// Gives the answers of the web server itself a body. What it cannot read as HTTP, an address that is too long or has a zero byte, it answers
/// before any of the registry's steps, with a status alone; here that becomes a problem as everywhere else.
/// </summary>
/// <remarks>The server writes the head of such an answer in one piece, and closes the connection after it.</remarks>
internal sealed class RejectedRequests
{
    private static readonly byte[] s_begin = Encoding.ASCII.GetBytes("HTTP/1.1 4");
    private static readonly byte[] s_bare = Encoding.ASCII.GetBytes("\r\nContent-Length: 0\r\nConnection: close\r\n");
    private readonly Dictionary<int, byte[]> _answers;

    /// <param name="root">What stands before the path of a problem's type: the public address where it is set, without a slash at its end; else nothing.</param>
    public RejectedRequests(string root) => _answers = ProblemType.All.Where(type => type.Status < 500)
        .DistinctBy(type => type.Status).ToDictionary(type => type.Status, type => Answer(type, root));

    /// <summary>A step of every connection.</summary>
    public ConnectionDelegate Explain(ConnectionDelegate next) => connection =>
    {
        connection.Transport = new Explained(connection.Transport.Input, new Writer(this, connection.Transport.Output));
        return next(connection);
    };

    /// <summary>The answer in place of a bare one.</summary>
    /// <param name="written">What the server has written: the head of an answer, or a part of another one.</param>
    /// <returns>Null where it is no bare refusal.</returns>
    internal byte[]? Instead(ReadOnlySpan<byte> written)
    {
        const int lengthOfStatus = 3;
        return written.StartsWith(s_begin) && written.EndsWith("\r\n\r\n"u8) && written.IndexOf(s_bare) >= 0
            && Utf8Parser.TryParse(written.Slice(s_begin.Length - 1, lengthOfStatus), out int status, out _)
            ? _answers.GetValueOrDefault(status)
            : null;
    }

    private static byte[] Answer(ProblemType type, string root)
    {
        var problem = new Problem(type, type == ProblemType.Malformed ? "This cannot be read as a request of HTTP, or its address cannot be one." : type.Explanation);
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, JsonAnswer.Options))
            problem.WriteTo(json, regime: null, root);
        var head = FormattableString.Invariant(
            $"HTTP/1.1 {type.Status} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(type.Status)}\r\nContent-Length: {body.WrittenCount}\r\nConnection: close\r\n{Allow(type)}Content-Type: {Problem.MediaType}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body.WrittenSpan];
    }

    // Of itself the server refuses a method for one reason: its target is a host alone, which only CONNECT has.
    private static string Allow(ProblemType type) => type == ProblemType.MethodNotAllowed ? "Allow: CONNECT\r\n" : "";

    private sealed record Explained(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    // Looks at what is written before it is passed on; everything else goes straight through.
    private sealed class Writer(RejectedRequests rejected, PipeWriter inner) : PipeWriter
    {
        private Memory<byte> _memory;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _memory = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            if (bytes <= _memory.Length && rejected.Instead(_memory.Span[..bytes]) is { } answer && answer.Length <= _memory.Length)
            {
                answer.CopyTo(_memory);
                bytes = answer.Length;
            }

            inner.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(source, cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
    }
}
