using System.Buffers.Binary;
using System.Text;
using Registry.Actors.Ground;
using Registry.Core;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Collections.ReferenceSystems;
using Registry.Gateway.Parameters;

namespace Registry.Gateway.Collections;

/// <summary>What is asked of the items of a collection.</summary>
/// <param name="Box">The rectangle that features must touch.</param>
/// <param name="Limit">The most features to give.</param>
/// <param name="From">Where the page begins.</param>
/// <param name="WithCells">Whether each license block names its cells.</param>
/// <param name="Format">The format of the answer.</param>
/// <param name="System">The reference system of the answer's geometry.</param>
public readonly record struct ItemsQuery(
    BoundingBox Box, int Limit, Place From, bool WithCells, FeatureFormat Format, ReferenceSystem System)
{
    /// <summary>The parameter that names the page; its values come from links <c>next</c>.</summary>
    public const string PageParameter = "page";

    private const string CellsParameter = "cells";
    private const int MostFingerprintBytes = 100;

    private static readonly string[] Names =
    [
        BoundingBoxParameter.Name, LimitParameter.Name, PageParameter, DateTimeParameter.Name, FormatParameter.Name,
        ReferenceSystemParameter.Answer, ReferenceSystemParameter.Box, CellsParameter,
    ];

    /// <summary>Reads a query.</summary>
    /// <param name="request">The request.</param>
    /// <param name="collection">The collection's name, which tells page tokens of one collection from those of another.</param>
    /// <param name="plan">Which sheets a rectangle touches.</param>
    /// <param name="tokens">How page tokens are written.</param>
    /// <param name="formats">The formats in which the answer can be had.</param>
    /// <param name="hasCells">Whether the collection's features have cells to name.</param>
    /// <param name="read">What is asked.</param>
    /// <returns>What is wrong with the query; null when nothing is.</returns>
    public static Refusal? Read(
        HttpRequest request, string collection, SheetPlan plan, PageTokens tokens, IReadOnlyList<FeatureFormat> formats, bool hasCells,
        out ItemsQuery read)
    {
        read = default;
        Span<ReadOnlyMemory<char>?> values = [null, null, null, null, null, null, null, null];
        var names = hasCells ? Names : Names.AsSpan(0, Names.Length - 1);
        var box = BoundingBox.World;
        var limit = 0;
        var withCells = false;
        var format = FeatureFormat.GeoJson;
        var (system, boxSystem) = (ReferenceSystem.Crs84, ReferenceSystem.Crs84);
        var fault = QueryText.Read(request.QueryString, names, values)
            ?? ReferenceSystemParameter.Read(ReferenceSystemParameter.Answer, values[5], out system)
            ?? ReferenceSystemParameter.Read(ReferenceSystemParameter.Box, values[6], out boxSystem)
            ?? plan.Read(values[0], boxSystem, out box)
            ?? LimitParameter.Read(values[1], out limit)
            ?? DateTimeParameter.Check(values[3])
            ?? FeatureFormat.Choose(request, values[4], formats, out format)
            ?? ReadFlag(values[7], out withCells);
        if (fault is not null)
            return fault;

        var from = Place.Start;
        if (values[2] is { } page)
        {
            Span<byte> fingerprint = stackalloc byte[MostFingerprintBytes];
            if (!tokens.TryRead(page.Span, Fingerprint(collection, box, fingerprint), out from))
                return Refusal.Malformed(PageParameter, "This is no page of this query; follow the link next of its first page.");
        }

        read = new ItemsQuery(box, limit, from, withCells, format, system);
        return null;
    }

    /// <summary>The token of a place in the answer to this query.</summary>
    public string Token(PageTokens tokens, string collection, Place place)
    {
        Span<byte> fingerprint = stackalloc byte[MostFingerprintBytes];
        return tokens.Write(place, Fingerprint(collection, Box, fingerprint));
    }

    /// <summary>What decides which features match, and in which order. The limit does not, and may change from page to page.</summary>
    private static ReadOnlySpan<byte> Fingerprint(string collection, BoundingBox box, Span<byte> buffer)
    {
        BinaryPrimitives.WriteDoubleBigEndian(buffer, box.West);
        BinaryPrimitives.WriteDoubleBigEndian(buffer[8..], box.South);
        BinaryPrimitives.WriteDoubleBigEndian(buffer[16..], box.East);
        BinaryPrimitives.WriteDoubleBigEndian(buffer[24..], box.North);
        return buffer[..(32 + Encoding.UTF8.GetBytes(collection, buffer[32..]))];
    }

    /// <summary>Reads the parameter <c>cells</c>.</summary>
    internal static Refusal? ReadFlag(ReadOnlyMemory<char>? text, out bool flag)
    {
        flag = text is { } value && value.Span is "true";
        return flag || text is not { } other || other.Span is "false"
            ? null
            : Refusal.Malformed(CellsParameter, "Either true or false was expected.");
    }
}
