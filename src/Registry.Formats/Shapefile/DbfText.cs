using System.Globalization;
using System.Text;
using Registry.Core.GeoJson;
using Registry.Formats.Encodings;

namespace Registry.Formats.Shapefile;

/// <summary>Reads the texts of a .dbf in the encoding that it is in, and refuses those that are not.</summary>
/// <remarks>
/// What the sender says holds first, then the .cpg, then the language driver in byte 29. Driver 0x57 is the code page of whatever machine
/// wrote the table, so it says no more than 0 does: such texts are read where they are UTF-8, which other texts hardly ever are by chance.
/// </remarks>
internal sealed class DbfText
{
    private const byte NoDriver = 0;
    private const byte DriverOfTheMachine = 0x57;

    private readonly Encoding _encoding;
    private readonly string _claim;
    private readonly LikelyUtf8 _likely = new();

    private DbfText(Encoding encoding, string claim) => (_encoding, _claim) = (encoding, claim);

    /// <summary>Finds the encoding.</summary>
    /// <param name="said">What the sender says; null when nothing.</param>
    /// <param name="cpg">The text of the .cpg; null when there is none.</param>
    /// <param name="driver">Byte 29 of the table.</param>
    /// <exception cref="SourceException">An encoding is named that is not read.</exception>
    public static DbfText Of(Encoding? said, string? cpg, byte driver)
    {
        if (said is not null)
            return new(said, $"is not {said.WebName}, as is said of it");
        if (!string.IsNullOrWhiteSpace(cpg))
        {
            var name = JsonTokens.Shortened(cpg.Trim());
            return TextEncodings.Find(cpg) is { } named ? new(named, $"is not {name}, as the .cpg says")
                : throw new SourceException($"The .cpg names an encoding that is not read, \"{name}\"; write UTF-8 or windows-1251, or send the parameter encoding.");
        }

        if (driver is NoDriver or DriverOfTheMachine)
            return new(TextEncodings.Utf8, "is not UTF-8, and nothing says what it is: add a .cpg, such as one with the text windows-1251, or send the parameter encoding");
        return TextEncodings.OfDriver(driver) is { } encoding
            ? new(encoding, string.Create(CultureInfo.InvariantCulture, $"is not {encoding.WebName}, as byte 29 of the .dbf says (0x{driver:X2})"))
            : throw new SourceException(string.Create(CultureInfo.InvariantCulture,
                $"Byte 29 of the .dbf names a code page that is not read, 0x{driver:X2}; add a .cpg, or send the parameter encoding."));
    }

    /// <summary>Reads a text.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="where">What it is: <c>Record 0, field name</c>.</param>
    /// <exception cref="SourceException">It is not in the encoding.</exception>
    public string Read(ReadOnlySpan<byte> bytes, Func<string> where)
    {
        _likely.Add(bytes);
        var fault = EncodedText.TryRead(bytes, _encoding, out var text);
        return text ?? throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"{where()} {_claim} (its byte {fault})."));
    }

    /// <summary>Refuses a table whose texts all turn out to be UTF-8, and claim to be something else.</summary>
    /// <exception cref="SourceException">It is so.</exception>
    public void End()
    {
        if (_encoding != TextEncodings.Utf8 && _likely.IsUtf8)
            throw new SourceException($"The text of the table {_claim}: all of it is UTF-8. Correct the .cpg, or send the parameter encoding=utf-8.");
    }
}
