using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Registry.Formats.Encodings;
using Registry.Formats.Features;

namespace Registry.Formats.Kml;

/// <summary>The text of a KML document: what encoding it is in, and what is wrong with it as XML.</summary>
/// <param name="file">The document; it can seek. Left open.</param>
/// <param name="said">The encoding that the sender names; null when none.</param>
internal sealed partial class KmlDocument(Stream file, Encoding? said)
{
    // Prefixes that programs use without declaring them.
    private static readonly (string Prefix, string Address)[] s_prefixes =
    [
        ("gx", "http://www.google.com/kml/ext/2.2"), ("atom", "http://www.w3.org/2005/Atom"), ("kml", "http://www.opengis.net/kml/2.2"),
        ("xal", "urn:oasis:names:tc:ciq:xsdschema:xAL:2.0"), ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];

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
        var spaces = new XmlNamespaceManager(names);
        foreach (var (prefix, address) in s_prefixes)
            spaces.AddNamespace(prefix, address);
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
        return XmlReader.Create(Text(), settings, new XmlParserContext(names, spaces, null, XmlSpace.None));
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
        if (Entity().IsMatch(before) || line[before.Length..].StartsWith('&'))
            return $"{place}: an & stands by itself; XML writes it &amp;.";
        return $"{place}: the document is not well-formed XML there, or is cut short.";
    }

    private string FindEncoding()
    {
        var head = new byte[256];
        file.Position = 0;
        var count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        (var marked, _markBytes) = EncodedText.MarkOf(head.AsSpan(0, count));
        var declaration = Declaration().Match((marked ?? Encoding.Latin1).GetString(head, _markBytes, (count - _markBytes) & ~1));
        var declared = declaration.Success ? declaration.Groups[1].Value : null;
        _encoding = marked ?? said ?? (declared is null ? TextEncodings.Utf8 : TextEncodings.Find(declared))
            ?? throw new SourceException($"The document says that it is in \"{declared}\", which is not read.");
        return marked is not null ? $"The document begins with the mark of {marked.WebName}, and is not that"
            : said is not null ? $"The document is not {said.WebName}, as is said of it"
            : declared is not null ? $"The document is not {declared}, as it says itself"
            : "The document is not UTF-8, which XML is where it says nothing else";
    }

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
}
