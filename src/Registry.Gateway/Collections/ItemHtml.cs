using System.Buffers;
using System.Text;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;
using Registry.Formats.WellKnown;
using Registry.Gateway.Answers;
using Registry.Gateway.Pages;

namespace Registry.Gateway.Collections;

/// <summary>One feature as a page for people.</summary>
public static class ItemHtml
{
    /// <summary>Writes the page.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="feature">The feature, finished JSON in UTF-8.</param>
    /// <param name="collection">The collection that holds it.</param>
    /// <param name="columns">The values to show, the id first.</param>
    /// <param name="system">The reference system in which its geometry is shown.</param>
    /// <param name="request">The request, for the addresses.</param>
    public static void Write(
        HtmlWriter html, byte[] feature, CollectionDescription collection, IReadOnlyList<FeatureColumn> columns, ReferenceSystem system,
        HttpRequest request)
    {
        var root = Links.Base(request);
        var row = new FeatureRow(columns, system);
        byte[] buffer = [];
        row.Read(feature);
        html.BeginPage(
            Encoding.UTF8.GetString(row.Text(0, ref buffer)), (root + "/?f=html", "Registry"), (root + "/collections?f=html", "Collections"),
            (collection.Address(root) + "?f=html", collection.Title), (collection.Address(root) + "/items?f=html", "Features"));
        html.Markup("<dl>\n"u8);
        for (var i = 0; i < columns.Count; i++)
        {
            html.Markup("<dt>"u8).Text(columns[i].Name).Markup("</dt><dd>"u8);
            CollectionHtml.WriteValue(html, row, i, ref buffer);
            html.Markup("</dd>\n"u8);
        }

        var geometry = new ArrayBufferWriter<byte>();
        WellKnownTextWriter.Write(geometry, row.Geometry, system);
        html.Markup("<dt>geometry</dt><dd>"u8).Text(geometry.WrittenSpan).Markup("</dd>\n</dl>\n<p>"u8)
            .Link(Links.With(request, "f", "json"), "This feature as GeoJSON", "alternate").Markup("</p>\n"u8).EndPage();
    }
}
