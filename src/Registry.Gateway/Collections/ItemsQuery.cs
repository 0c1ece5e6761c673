using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Core.Filters.Json;
using Registry.Core.Ground;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Collections.Paging;
using Registry.Gateway.Parameters;
using Registry.Gateway.ReferenceSystems;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Collections;

/// <summary>What is asked of the items of a collection.</summary>
/// <param name="Box">The rectangle that features must touch.</param>
/// <param name="Limit">The most features to give.</param>
/// <param name="From">Where the page begins.</param>
/// <param name="WithCells">Whether each license block names its cells.</param>
/// <param name="Format">The format of the answer.</param>
/// <param name="System">The reference system of the answer's geometry.</param>
/// <param name="Filter">What features must pass besides; null for nothing.</param>
/// <param name="Period">When features were in force; null for any time.</param>
/// <param name="AsAt">As at when the register is asked; null for now.</param>
public readonly record struct ItemsQuery(
    BoundingBox Box, int Limit, Place From, bool WithCells, FeatureFormat Format, ReferenceSystem System, FilterExpression? Filter,
    Period? Period, Moment? AsAt)
{
    /// <summary>How many features are passed over; 0 where the page is named.</summary>
    public int Offset { get; init; }

    /// <summary>The parameter that names the page; its values come from links <c>next</c>.</summary>
    public const string PageParameter = "page";

    private const int MostFingerprintBytes = 128;

    /// <summary>Reads a query.</summary>
    /// <param name="request">The request.</param>
    /// <param name="collection">The collection's name, which tells page tokens of one collection from those of another.</param>
    /// <param name="parameters">The parameters that the collection has.</param>
    /// <param name="plan">Which sheets a rectangle touches.</param>
    /// <param name="tokens">How page tokens are written.</param>
    /// <param name="formats">The formats in which the answer can be had.</param>
    /// <param name="read">What is asked.</param>
    /// <returns>What is wrong with the query; null when nothing is.</returns>
    public static Refusal? Read(
        HttpRequest request, string collection, ItemsParameters parameters, SheetPlan plan, PageTokens tokens, IReadOnlyList<FeatureFormat> formats,
        out ItemsQuery read)
    {
        read = default;
        var values = new ReadOnlyMemory<char>?[parameters.Names.Length];
        FilterExpression? filter = null;
        var fault = QueryText.Read(request.QueryString, parameters.Names, values) ?? parameters.ReadFilter(values, out filter);
        if (fault is not null)
            return fault;
        return Read(request, collection, parameters, plan, tokens, formats, values, filter, out read);
    }

    /// <summary>Reads a query whose filter has been read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="collection">The collection's name, which tells page tokens of one collection from those of another.</param>
    /// <param name="parameters">The parameters that the collection has.</param>
    /// <param name="plan">Which sheets a rectangle touches.</param>
    /// <param name="tokens">How page tokens are written.</param>
    /// <param name="formats">The formats in which the answer can be had.</param>
    /// <param name="values">The values of <see cref="ItemsParameters.Names"/>.</param>
    /// <param name="filter">The filter; null for none.</param>
    /// <param name="read">What is asked.</param>
    /// <returns>What is wrong with the query; null when nothing is.</returns>
    internal static Refusal? Read(
        HttpRequest request, string collection, ItemsParameters parameters, SheetPlan plan, PageTokens tokens, IReadOnlyList<FeatureFormat> formats,
        ReadOnlySpan<ReadOnlyMemory<char>?> values, FilterExpression? filter, out ItemsQuery read)
    {
        read = default;
        var box = BoundingBox.World;
        FilterExpression? within = null;
        var limit = 0;
        var withCells = false;
        var offset = 0;
        Period? period = null;
        Moment? asAt = null;
        var format = FeatureFormat.GeoJson;
        var (system, boxSystem) = (ReferenceSystem.Crs84, ReferenceSystem.Crs84);
        var fault = ReferenceSystemParameter.Read(ReferenceSystemParameter.Answer, values[ItemsParameters.AnswerSystem], out system)
            ?? ReferenceSystemParameter.Read(ReferenceSystemParameter.Box, values[ItemsParameters.BoxSystem], out boxSystem)
            ?? plan.Read(values[ItemsParameters.Box], boxSystem, out box, out within)
            ?? LimitParameter.Read(values[ItemsParameters.Limit], out limit)
            ?? OffsetParameter.Read(parameters.OffsetOf(values), out offset)
            ?? DateTimeParameter.Read(values[ItemsParameters.DateTime], out period)
            ?? DateTimeParameter.ReadAsAt(values[ItemsParameters.AsAt], out asAt)
            ?? FeatureFormat.Choose(request, values[ItemsParameters.Format], formats, out format)
            ?? ReadFlag(parameters.CellsOf(values), out withCells);
        if (fault is not null)
            return fault;

        if (within is not null)
            filter = filter is null ? within : new AllOf([within, filter]);
        read = new ItemsQuery(box, limit, Place.Start, withCells, format, system, filter, period, asAt) { Offset = offset };
        if (values[ItemsParameters.Page] is not { } page)
            return null;
        if (offset > 0)
            return Refusal.Malformed(OffsetParameter.Name, "An offset is counted from the first feature; a page has its place already.");
        Span<byte> fingerprint = stackalloc byte[MostFingerprintBytes];
        if (!tokens.TryRead(page.Span, read.Fingerprint(collection, fingerprint), out var from))
            return Refusal.Malformed(PageParameter, "This is no page of this query; follow the link next of its first page.");
        read = read with { From = from };
        return null;
    }

    /// <summary>The token of a place in the answer to this query.</summary>
    public string Token(PageTokens tokens, string collection, Place place)
    {
        Span<byte> fingerprint = stackalloc byte[MostFingerprintBytes];
        return tokens.Write(place, Fingerprint(collection, fingerprint));
    }

    /// <summary>What decides which features match, and in which order. The limit does not, and may change from page to page.</summary>
    private ReadOnlySpan<byte> Fingerprint(string collection, Span<byte> buffer)
    {
        BinaryPrimitives.WriteDoubleBigEndian(buffer, Box.West);
        BinaryPrimitives.WriteDoubleBigEndian(buffer[8..], Box.South);
        BinaryPrimitives.WriteDoubleBigEndian(buffer[16..], Box.East);
        BinaryPrimitives.WriteDoubleBigEndian(buffer[24..], Box.North);
        Write(buffer[32..], AsAt);
        Write(buffer[40..], Period?.From);
        Write(buffer[48..], Period?.To);
        var length = 56 + Encoding.UTF8.GetBytes(collection, buffer[56..]);
        if (Filter is not null)
            length += SHA256.HashData(FilterJson.Encode(Filter), buffer[length..]);
        return buffer[..length];
    }

    private static void Write(Span<byte> buffer, Moment? moment) => BinaryPrimitives.WriteInt64BigEndian(
        buffer, moment?.Instant?.UtcTicks ?? -moment?.Date?.DayNumber ?? long.MaxValue);

    /// <summary>Reads the parameter <c>cells</c>.</summary>
    internal static Refusal? ReadFlag(ReadOnlyMemory<char>? text, out bool flag)
    {
        flag = text is { } value && value.Span is "true";
        return flag || text is not { } other || other.Span is "false"
            ? null
            : Refusal.Malformed(ItemsParameters.Cells, "Either true or false was expected.");
    }
}
