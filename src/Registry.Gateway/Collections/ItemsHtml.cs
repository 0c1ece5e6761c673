using System.Buffers;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Answers;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Pages;

namespace Registry.Gateway.Collections;

/// <summary>A page of features as a table for people; each leads to its feature.</summary>
/// <param name="collection">The collection.</param>
/// <param name="request">The request, for the addresses of the other formats.</param>
/// <param name="matched">How many features match in all.</param>
/// <param name="next">The address of the next page; null when this is the last.</param>
/// <param name="columns">The columns of the table.</param>
public sealed class ItemsHtml(
    CollectionDescription collection, HttpRequest request, long matched, string? next, IReadOnlyList<FeatureColumn> columns) : IFeatureWriter
{
    private readonly FeatureRow _row = new(columns, ReferenceSystem.Crs84);
    private readonly string _root = Links.Base(request);
    private byte[] _text = [];

    /// <inheritdoc/>
    public void Begin(IBufferWriter<byte> output)
    {
        var html = new HtmlWriter(output);
        html.BeginPage(
            collection.Title, (_root + "/?f=html", "Registry"), (_root + "/collections?f=html", "Collections"),
            (collection.Address(_root) + "?f=html", collection.Title));
        html.Markup("<p>"u8).Text(FormattableString.Invariant($"{matched} match. This page as")).Markup(""u8);
        foreach (var format in FeatureFormat.OfItems)
        {
            if (format != FeatureFormat.Html)
                html.Markup(" "u8).Link(Links.With(request, "f", format.Name), format.Title, "alternate");
        }

        html.Markup("</p>\n<div class=\"table\"><table>\n<tr>"u8);
        foreach (var column in columns)
            html.Markup("<th>"u8).Text(column.Name).Markup("</th>"u8);
        html.Markup("</tr>\n"u8);
    }

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, byte[] feature)
    {
        var html = new HtmlWriter(output);
        _row.Read(feature);
        html.Markup("<tr>"u8);
        for (var i = 0; i < columns.Count; i++)
        {
            html.Markup("<td>"u8);
            // The first column of every collection is the id.
            if (i == 0)
                WriteLink(html);
            else
                CollectionHtml.WriteValue(html, _row, i, ref _text);
            html.Markup("</td>"u8);
        }

        html.Markup("</tr>\n"u8);
    }

    /// <inheritdoc/>
    public void End(IBufferWriter<byte> output)
    {
        var html = new HtmlWriter(output);
        html.Markup("</table></div>\n"u8);
        if (next is not null)
            html.Markup("<p>"u8).Link(next, "Next page", "next").Markup("</p>\n"u8);
        html.EndPage();
    }

    private void WriteLink(HtmlWriter html)
    {
        var id = System.Text.Encoding.UTF8.GetString(_row.Text(0, ref _text));
        html.Link($"{collection.Address(_root)}/items/{Uri.EscapeDataString(id)}?f=html", id);
    }
}
