using System.Globalization;
using Registry.Core.Ground;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Pages;

namespace Registry.Gateway.Collections;

/// <summary>The collections as pages for people (OGC API - Features, Part 1, requirements class HTML).</summary>
public static class CollectionHtml
{
    /// <summary>The page of all collections.</summary>
    public static void WriteAll(HtmlWriter html, string root)
    {
        html.BeginPage("Collections", (root + "/?f=html", "Registry")).Markup("<dl>\n"u8);
        foreach (var collection in CollectionDescription.All)
        {
            html.Markup("<dt>"u8).Link(collection.Address(root) + "?f=html", collection.Title)
                .Markup("</dt><dd>"u8).Text(collection.Description).Markup("</dd>\n"u8);
        }

        html.Markup("</dl>\n<p>"u8).Link(root + "/collections?f=json", "This page as JSON", "alternate").Markup("</p>\n"u8).EndPage();
    }

    /// <summary>The page of one collection.</summary>
    public static void WriteOne(HtmlWriter html, CollectionDescription collection, BoundingBox extent, string root)
    {
        var address = collection.Address(root);
        html.BeginPage(collection.Title, (root + "/?f=html", "Registry"), (root + "/collections?f=html", "Collections"));
        html.Markup("<p>"u8).Text(collection.Description).Markup("</p>\n<h2>Features, page by page</h2>\n<ul>\n"u8);
        foreach (var format in FeatureFormat.OfItems)
            html.Markup("<li>"u8).Link($"{address}/items?f={format.Name}", format.Title, "items").Markup("</li>\n"u8);
        html.Markup("</ul>\n"u8);
        html.Markup("<h2>The whole collection</h2>\n<ul>\n"u8);
        foreach (var format in FeatureFormat.OfExport)
            html.Markup("<li>"u8).Link($"{address}/export?f={format.Name}", format.Title, "enclosure").Markup("</li>\n"u8);
        html.Markup("</ul>\n"u8);
        html.Markup("<h2>Where</h2>\n<dl>\n"u8);
        html.Term("West, south, east, north", string.Create(
            CultureInfo.InvariantCulture, $"{extent.West}, {extent.South}, {extent.East}, {extent.North} degrees"));
        html.Markup("<dt>Reference systems</dt>\n"u8);
        foreach (var system in ReferenceSystem.All)
            html.Markup("<dd>"u8).Text($"{system.Name}: {system.Uri}").Markup("</dd>\n"u8);
        html.Markup("</dl>\n<p>"u8).Link(address + "?f=json", "This page as JSON", "alternate").Markup("</p>\n"u8).EndPage();
    }

    /// <summary>Writes the values of a feature that a person reads, one call a column.</summary>
    internal static void WriteValue(HtmlWriter html, FeatureRow row, int column, ref byte[] buffer)
    {
        if (row.Token(column) == System.Text.Json.JsonTokenType.String)
            html.Text(row.Text(column, ref buffer));
        else if (row.Token(column) != System.Text.Json.JsonTokenType.None)
            html.Text(row.Raw(column));
    }
}
