using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Registry.Gateway.Pages;

/// <summary>Writes HTML: markup as it is, and everything that is not markup encoded, whoever it came from.</summary>
/// <param name="output">Where to, in UTF-8.</param>
public sealed class HtmlWriter(IBufferWriter<byte> output)
{
    // Letters of any script as they are; what has a meaning in HTML, quotes included, never.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Writes markup, which must not hold anything that came from outside.</summary>
    public HtmlWriter Markup(ReadOnlySpan<byte> markup)
    {
        output.Write(markup);
        return this;
    }

    /// <summary>Writes text, encoded for the content of an element and of a quoted attribute.</summary>
    public HtmlWriter Text(string text)
    {
        output.Write(Encoding.UTF8.GetBytes(Encoder.Encode(text)));
        return this;
    }

    /// <summary>Writes text in UTF-8, encoded as <see cref="Text(string)"/> does.</summary>
    public HtmlWriter Text(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var status = Encoder.EncodeUtf8(text, output.GetSpan(256), out var read, out var written);
            output.Advance(written);
            text = text[read..];
            if (status == OperationStatus.InvalidData)
                throw new InvalidDataException("Text that is no UTF-8 came to be shown.");
        }

        return this;
    }

    /// <summary>Writes a link.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="text">What is shown.</param>
    /// <param name="relation">The kind of link; null for none.</param>
    public HtmlWriter Link(string address, string text, string? relation = null)
    {
        Markup("<a href=\""u8).Text(address);
        if (relation is not null)
            Markup("\" rel=\""u8).Text(relation);
        return Markup("\">"u8).Text(text).Markup("</a>"u8);
    }

    /// <summary>Writes one line of a list of terms.</summary>
    public HtmlWriter Term(string term, string text) => Markup("<dt>"u8).Text(term).Markup("</dt><dd>"u8).Text(text).Markup("</dd>\n"u8);

    /// <summary>Begins a page.</summary>
    /// <param name="title">Its title and heading.</param>
    /// <param name="path">The pages above it, the highest first.</param>
    public HtmlWriter BeginPage(string title, params ReadOnlySpan<(string Address, string Text)> path)
    {
        Markup("""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            :root { color-scheme: light dark; }
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1.25rem; }
            h1 { font-size: 1.6rem; line-height: 1.2; }
            h2 { font-size: 1.1rem; margin-top: 2rem; }
            dt { font-weight: 600; margin-top: .5rem; }
            dd { margin: 0; overflow-wrap: anywhere; }
            .table { overflow-x: auto; }
            table { border-collapse: collapse; font-size: .9rem; }
            th, td { border-bottom: 1px solid #8884; padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }
            </style>
            <title>
            """u8).Text(title).Markup("</title>\n</head>\n<body>\n<nav>"u8);
        foreach (var (address, text) in path)
            Link(address, text).Markup(" / "u8);
        return Markup("</nav>\n<main>\n<h1>"u8).Text(title).Markup("</h1>\n"u8);
    }

    /// <summary>Ends the page.</summary>
    public HtmlWriter EndPage() => Markup("</main>\n</body>\n</html>\n"u8);
}
