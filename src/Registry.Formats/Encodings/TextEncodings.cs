using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Registry.Formats.Encodings;

/// <summary>Encodings of text by the names that programs give them. Each refuses bytes that it has no letter for.</summary>
public static partial class TextEncodings
{
    // Code pages of the language driver, byte 29 of a .dbf: the dBASE and FoxPro tables, as GDAL reads them too.
    private static readonly Dictionary<byte, int> s_drivers = new (byte Driver, int CodePage)[]
    {
        (0x01, 437), (0x02, 850), (0x03, 1252), (0x04, 10000), (0x08, 865), (0x09, 437), (0x0A, 850), (0x0B, 437), (0x0D, 437), (0x0E, 850),
        (0x0F, 437), (0x10, 850), (0x11, 437), (0x12, 850), (0x13, 932), (0x14, 850), (0x15, 437), (0x16, 850), (0x17, 865), (0x18, 437),
        (0x19, 437), (0x1A, 850), (0x1B, 437), (0x1C, 863), (0x1D, 850), (0x1F, 852), (0x22, 852), (0x23, 852), (0x24, 860), (0x25, 850),
        (0x26, 866), (0x37, 850), (0x40, 852), (0x4D, 936), (0x4E, 949), (0x4F, 950), (0x50, 874), (0x58, 1252), (0x59, 1252), (0x64, 852),
        (0x65, 866), (0x66, 865), (0x67, 861), (0x6A, 737), (0x6B, 857), (0x6C, 863), (0x78, 950), (0x79, 949), (0x7A, 936), (0x7B, 932),
        (0x7C, 874), (0x86, 737), (0x87, 852), (0x88, 857), (0xC8, 1250), (0xC9, 1251), (0xCA, 1254), (0xCB, 1253), (0xCC, 1257),
    }.ToDictionary(pair => pair.Driver, pair => pair.CodePage);

    /// <summary>UTF-8.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>UTF-16, the low byte of each letter first.</summary>
    public static Encoding Utf16 { get; } = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>UTF-16, the high byte of each letter first.</summary>
    public static Encoding Utf16BigEndian { get; } = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>
    /// An encoding by its name in the register of IANA, or by a code page as a .cpg names it: <c>windows-1251</c>, <c>UTF-8</c>,
    /// <c>1251</c>, <c>ANSI 1251</c>, <c>OEM 866</c>, <c>88591</c>, <c>LDID/201</c>.
    /// </summary>
    /// <returns>Null when there is none of this name, or it does not write the letters of ASCII as ASCII does.</returns>
    public static Encoding? Find(string name)
    {
        var label = name.Trim().ToLowerInvariant();
        if (Driver().Match(label) is { Success: true } driver)
            return byte.TryParse(driver.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? OfDriver(number) : null;
        if (Latin().Match(label) is { Success: true } latin)
            return ByLabel($"iso-8859-{latin.Groups[1].Value}");
        if (CodePage().Match(label) is { Success: true } page)
            return OfCodePage(int.Parse(page.Groups[1].Value, CultureInfo.InvariantCulture));
        return ByLabel(label);
    }

    /// <summary>The encoding that the language driver of a .dbf stands for; null when the number is not known.</summary>
    public static Encoding? OfDriver(byte number) => s_drivers.TryGetValue(number, out var codePage) ? OfCodePage(codePage) : null;

    private static Encoding? OfCodePage(int number) => number switch
    {
        65001 => Utf8,
        20127 => Strict(Encoding.ASCII),
        28591 => Strict(Encoding.Latin1),
        _ => Strict(CodePagesEncodingProvider.Instance.GetEncoding(number)),
    };

    private static Encoding? ByLabel(string label) => label switch
    {
        "utf-8" or "utf8" => Utf8,
        "utf-16" or "utf-16le" or "utf16" => Utf16,
        "utf-16be" => Utf16BigEndian,
        "us-ascii" or "ascii" => Strict(Encoding.ASCII),
        "iso-8859-1" or "latin1" => Strict(Encoding.Latin1),
        _ => Strict(CodePagesEncodingProvider.Instance.GetEncoding(label)),
    };

    private static Encoding? Strict(Encoding? encoding)
    {
        const string ascii = "az AZ,;\t\"09\r\n<>";
        if (encoding is null || !encoding.GetBytes(ascii).AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(ascii)))
            return null;
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    [GeneratedRegex(@"^ldid[/ ]*(\d{1,3})$", RegexOptions.NonBacktracking)]
    private static partial Regex Driver();

    [GeneratedRegex(@"^(?:iso)?[-_ ]?8859[-_ ]?(\d{1,2})$", RegexOptions.NonBacktracking)]
    private static partial Regex Latin();

    [GeneratedRegex(@"^(?:ansi|oem|cp|dos|ibm|ms|windows|x-cp)?[-_ ]*(\d{3,5})$", RegexOptions.NonBacktracking)]
    private static partial Regex CodePage();
}
