using System.Buffers;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Requests;

/// <summary>The body of one request, read whole into a rented buffer.</summary>
internal sealed class BodyBytes : IDisposable
{
    /// <summary>The most bytes that a body may have.</summary>
    public const int Most = 1_000_000;

    // By what comes, and not by what is announced: of a thousand clients that announce the most and send nothing, each would hold it.
    private const int FirstRent = 4096;
    private const int MostFirstRent = 16 * 1024;

    private byte[] _buffer;
    private int _length;

    private BodyBytes(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The bytes; theirs until <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Reads the body to its end.</summary>
    /// <returns>The bytes, or why there are none: too many, not UTF-8.</returns>
    /// <exception cref="BadHttpRequestException">The client broke the protocol or left in the middle.</exception>
    public static async ValueTask<(BodyBytes? Bytes, Problem? Problem)> Read(HttpContext context)
    {
        var announced = context.Request.ContentLength;
        if (announced > Most)
            return (null, TooLarge());
        var body = new BodyBytes((int)Math.Min(announced ?? FirstRent, MostFirstRent));
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (body._length + read.Buffer.Length > Most)
            {
                reader.AdvanceTo(read.Buffer.End);
                body.Dispose();
                return (null, TooLarge());
            }

            body.Append(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        if (System.Text.Unicode.Utf8.IsValid(body.Memory.Span))
            return (body, null);
        body.Dispose();
        return (null, Problem.Malformed("", "The body is not UTF-8."));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private static Problem TooLarge() => new(ProblemType.TooLarge, $"The body is longer than {Most} bytes.");

    private void Append(in ReadOnlySequence<byte> more)
    {
        var length = _length + (int)more.Length;
        if (length > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, _buffer.Length * 2));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        more.CopyTo(_buffer.AsSpan(_length));
        _length = length;
    }
}
