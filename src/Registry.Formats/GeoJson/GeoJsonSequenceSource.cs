using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.GeoJson;

/// <summary>
/// Reads a GeoJSON text sequence (RFC 8142): each feature after a record separator (0x1E), or, as many programs write it, on a line of
/// its own.
/// </summary>
/// <remarks>
/// A text that is no feature is refused by itself, and reading goes on with the next, as RFC 7464 asks (section 2.1); only the last one can
/// be cut short unseen by the others, and it is refused too.
/// </remarks>
/// <param name="said">What its positions are given in, as the sender says; null for what each feature says, or WGS 84.</param>
public sealed class GeoJsonSequenceSource(SourceSystem? said = null) : IFeatureSource
{
    private const byte RecordSeparator = 0x1E;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (GeoJsonEncoding.FaultOf(file) is { } fault)
        {
            yield return SourceFeature.Unreadable(0, fault);
            yield break;
        }

        var texts = new TextSplitter(file, FeatureCollectionReader.MostFeatureBytes(limits.Geometry));
        var index = 0L;
        while (await texts.Next(cancellation))
        {
            if (index == limits.Features)
            {
                yield return limits.TooMany();
                yield break;
            }

            yield return texts.IsTooLong
                ? SourceFeature.Refused(index, null, "", string.Create(CultureInfo.InvariantCulture, $"The feature is longer than {texts.Most:#,0} bytes."))
                : Parse(texts.Text.Span, index, limits);
            index++;
        }
    }

    private SourceFeature Parse(ReadOnlySpan<byte> text, long index, SourceLimits limits)
    {
        try
        {
            // The parser trusts that the text is JSON: this walk finds out.
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
            }

            return GeoJsonSource.Of(FeatureParser.Parse(text, index, GeoJsonSource.LimitsOf(limits), GeometryTypes.All, said));
        }
        catch (JsonException fault)
        {
            return SourceFeature.Refused(index, null, "", string.Create(CultureInfo.InvariantCulture,
                $"The text is not JSON, is cut short, or nests too deep: byte {fault.BytePositionInLine + 1}."));
        }
    }

    /// <summary>Cuts a stream into texts at record separators and line ends, holding one text at most.</summary>
    private sealed class TextSplitter(Stream stream, int most)
    {
        private byte[] _buffer = new byte[16 * 1024];
        private int _start;
        private int _end;
        private bool _isAtEnd;
        private bool _bySeparator;
        private bool _isBegun;

        public int Most => most;

        public ReadOnlyMemory<byte> Text { get; private set; }

        public bool IsTooLong { get; private set; }

        /// <summary>Goes to the next text that is not blank; false after the last.</summary>
        public async ValueTask<bool> Next(CancellationToken cancellation)
        {
            IsTooLong = false;
            var searched = 0;
            while (true)
            {
                if (!_isBegun && !await Begin(cancellation))
                    return false;
                var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(_bySeparator ? RecordSeparator : (byte)'\n');
                if (at >= 0 || _isAtEnd)
                {
                    var length = at >= 0 ? searched + at : _end - _start;
                    Text = Trim(_buffer.AsMemory(_start, length));
                    _start = Math.Min(_end, _start + length + 1);
                    if (!Text.IsEmpty || IsTooLong)
                        return true;
                    if (_start == _end && _isAtEnd)
                        return false;
                    searched = 0;
                    continue;
                }

                searched = _end - _start;
                if (searched > most)
                {
                    // What is too long is passed over without being held.
                    IsTooLong = true;
                    (_start, searched) = (_end, 0);
                }

                await Fill(cancellation);
            }
        }

        // A file that begins with a separator is cut by separators alone: its texts may have line ends.
        private async ValueTask<bool> Begin(CancellationToken cancellation)
        {
            await Fill(cancellation);
            if (_buffer.AsSpan(0, _end).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
                _start = 3;
            _bySeparator = _start < _end && _buffer[_start] == RecordSeparator;
            _isBegun = true;
            return _end > _start;
        }

        private async ValueTask Fill(CancellationToken cancellation)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var room = _buffer.AsMemory(_end);
            var count = await stream.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancellation);
            _end += count;
            _isAtEnd = count < room.Length;
        }

        private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> text)
        {
            var (from, to) = (0, text.Length);
            while (from < to && text.Span[from] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                from++;
            while (to > from && text.Span[to - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                to--;
            return text[from..to];
        }
    }
}
