using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Registry.Formats.Encodings;

namespace Registry.Formats.Kml;

/// <summary>The text of a KML document: what encoding it is in, and what is wrong with it as XML.</summary>
/// <param name="file">The document; it can seek. Left open.</param>
/// <param name="said">The encoding that the sender names; null when none.</param>
internal sealed partial class KmlDocument(Stream file, Encoding? said)
{
    private static readonly string[] s_entities = ["amp", "lt", "gt", "quot", "apos"];

    private Encoding _encoding = TextEncodings.Utf8;
    private int _markBytes;

    /// <summary>A reader at the beginning of the document.</summary>
    /// <exception cref="SourceException">It is not in its encoding, or too long.</exception>
    public XmlReader Read()
    {
        var claim = FindEncoding();
        file.Position = _markBytes;
        if (EncodedText.Require(file, _encoding, claim, _markBytes) > KmlSource.MostCharacters)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The document is longer than {KmlSource.MostCharacters:#,0} characters."));

        var names = new NameTable();
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = KmlSource.MostCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
            NameTable = names,
        };
        return XmlReader.Create(Text(), settings, new XmlParserContext(names, new AnyNamespace(names), null, XmlSpace.None));
    }

    /// <summary>What is wrong with the document, in words for its sender.</summary>
    public string WordsOf(XmlException fault)
    {
        // The only fault that is told without a place.
        if (fault.LineNumber == 0)
            return "A document type declaration (DOCTYPE) is not read; take it out.";
        var place = string.Create(CultureInfo.InvariantCulture, $"Line {fault.LineNumber}, position {fault.LinePosition}");
        var line = LineAt(fault.LineNumber);
        var before = line[..Math.Clamp(fault.LinePosition - 1, 0, line.Length)];
        var after = line[before.Length..];
        if (Named().Match(line[Math.Max(0, before.LastIndexOf('&'))..]) is { Success: true } named && !s_entities.Contains(named.Groups[1].Value)
            && (Entity().IsMatch(before) || after.StartsWith('&')))
            return $"{place}: XML knows no &{named.Groups[1].Value};. Write the letter itself.";
        if (Entity().IsMatch(before) || after.StartsWith('&'))
            return $"{place}: an & stands by itself; XML writes it &amp;.";
        return $"{place}: the document is not well-formed XML there, or is cut short.";
    }

    private string FindEncoding()
    {
        var head = new byte[256];
        file.Position = 0;
        var count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        (var marked, _markBytes) = EncodedText.MarkOf(head.AsSpan(0, count));
        // Without a mark, how the first letter stands tells as much (XML 1.0, appendix F).
        var standing = marked ?? (head is [0x3C, 0, ..] ? TextEncodings.Utf16 : head is [0, 0x3C, ..] ? TextEncodings.Utf16BigEndian : null);
        var declaration = Declaration().Match((standing ?? Encoding.Latin1).GetString(head, _markBytes, (count - _markBytes) & ~1));
        var declared = declaration.Success ? declaration.Groups[1].Value : null;
        if (said is not null && standing is not null && said.CodePage != standing.CodePage)
            throw new SourceException($"The document is {standing.WebName} by how it begins, and is said to be {said.WebName}.");
        _encoding = standing ?? said ?? (declared is null ? TextEncodings.Utf8 : TextEncodings.Find(declared))
            ?? throw new SourceException($"The document says that it is in \"{declared}\", which is not read.");
        if (declared is not null && said is null && IsWide(TextEncodings.Find(declared)) != IsWide(standing))
            throw new SourceException($"The document says that it is in \"{declared}\", and is not: its letters have {(IsWide(standing) ? "two bytes" : "one byte")} each where it says so.");
        return marked is not null ? $"The document begins with the mark of {marked.WebName}, and is not that"
            : standing is not null ? $"The document begins as one in {standing.WebName} does, and is not that"
            : said is not null ? $"The document is not {said.WebName}, as is said of it"
            : declared is not null ? $"The document is not {declared}, as it says itself"
            : "The document is not UTF-8, which XML is where it says nothing else";
    }

    private static bool IsWide(Encoding? encoding) => encoding is UnicodeEncoding;

    private StreamReader Text()
    {
        file.Position = _markBytes;
        return new StreamReader(file, _encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
    }

    private string LineAt(int number)
    {
        using var text = Text();
        var line = "";
        for (var at = 0; at < number; at++)
            line = text.ReadLine() ?? "";
        return line;
    }

    [GeneratedRegex(@"^\s*<\?xml[^>]*\sencoding\s*=\s*[""']([A-Za-z0-9._-]+)[""']", RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"&[^;&<>]{0,40}$", RegexOptions.NonBacktracking)]
    private static partial Regex Entity();

    [GeneratedRegex(@"^&([A-Za-z][A-Za-z0-9]{0,20});", RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    // Programs use prefixes that they do not declare. What they stand for is not asked.
    private sealed class AnyNamespace(NameTable names) : XmlNamespaceManager(names)
    {
        public override string? LookupNamespace(string prefix) => base.LookupNamespace(prefix) ?? "urn:undeclared";
    }
}
