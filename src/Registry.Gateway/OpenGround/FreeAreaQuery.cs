using System.Globalization;
using NetTopologySuite.Geometries;
using Registry.Core;
using Registry.Core.Deposits;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Parameters;
using Registry.Gateway.Requests;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.OpenGround;

/// <summary>What is asked of open ground.</summary>
/// <param name="Box">The rectangle that areas lie in.</param>
/// <param name="Polygon">The ground that they lie in; null where the rectangle says it.</param>
/// <param name="MinCells">The least number of cells of an area.</param>
/// <param name="ClearKm">How far every part of an area is from every restriction area in force and its buffer; 0 for no such condition.</param>
/// <param name="Commodity">What the deposits hold; null for anything.</param>
/// <param name="NearKm">How far some part of every cell of an area is from one of the deposits at most; null for no such condition.</param>
/// <param name="Limit">The most areas to give.</param>
/// <param name="AsAt">As at when the register is asked; null for now.</param>
internal sealed record FreeAreaQuery(
    BoundingBox Box, Geometry? Polygon, int MinCells, double ClearKm, string? Commodity, double? NearKm, int Limit,
    Moment? AsAt)
{
    private const int MostCells = 1_000_000, MostKm = 100, MostAreas = 100, DefaultAreas = 10;

    // How near is near, where only a commodity is named.
    private const double DefaultNearKm = 20;

    private const string MinCellsName = "minCells", ClearKmName = "clearKm", CommodityName = "commodity", NearKmName = "nearKm";

    private static readonly string[] Names =
        [BoundingBoxParameter.Name, MinCellsName, ClearKmName, CommodityName, NearKmName, LimitParameter.Name, DateTimeParameter.AsAtName];

    /// <summary>What a commodity stands for: itself and, for a group, its members; empty for anything.</summary>
    public IReadOnlyList<string> Commodities => Commodity is null ? [] : [Commodity, .. CommodityGroups.MembersOf(Commodity)];

    /// <summary>Reads the parameters of <c>GET /free-areas</c>.</summary>
    /// <returns>What is wrong with them; null when nothing is.</returns>
    public static Refusal? Read(QueryString query, SheetPlan plan, out FreeAreaQuery? read)
    {
        read = null;
        Span<ReadOnlyMemory<char>?> values = [null, null, null, null, null, null, null];
        var (box, least, clear, commodity, near, limit) = (BoundingBox.World, 1.0, 0.0, (string?)null, (double?)null, (double)DefaultAreas);
        Moment? asAt = null;
        var fault = QueryText.Read(query, Names, values)
            ?? plan.Read(values[0], ReferenceSystem.Crs84, out box)
            ?? ReadNumber(MinCellsName, values[1], 1, MostCells, isWhole: true, ref least)
            ?? ReadNumber(ClearKmName, values[2], 0, MostKm, isWhole: false, ref clear)
            ?? ReadCommodity(values[3], out commodity)
            ?? ReadNear(values[4], out near)
            ?? ReadNumber(LimitParameter.Name, values[5], 1, MostAreas, isWhole: true, ref limit)
            ?? DateTimeParameter.ReadAsAt(values[6], out asAt);
        // A rectangle says what lies in it, as a polygon does; none says the whole country.
        var polygon = values[0] is null ? null : box.ToPolygon();
        if (fault is null)
            read = new FreeAreaQuery(box, polygon, (int)least, clear, commodity, near ?? Default(commodity), (int)limit, asAt);
        return fault;
    }

    /// <summary>Reads the body of <c>POST /free-areas</c>.</summary>
    public static FreeAreaQuery Read(Members body)
    {
        var polygon = body.Geometry("geometry", GeometryTypes.Areas);
        var least = Whole(body, MinCellsName, MostCells) ?? 1;
        var clear = (double)(body.Number(ClearKmName, 0, MostKm, required: false) ?? 0);
        var near = (double?)body.Number(NearKmName, 0, MostKm, required: false);
        var limit = Whole(body, LimitParameter.Name, MostAreas) ?? DefaultAreas;
        string? commodity = null;
        if (body.OptionalText(CommodityName) is { } text && !Registry.Core.Deposits.Commodities.TryRead(text, out commodity))
            body.Refuse(CommodityName, $"\"{Members.Shortened(text)}\" is no commodity known here.");
        Moment? asAt = null;
        if (body.OptionalText(DateTimeParameter.AsAtName) is { } when && DateTimeParameter.ReadAsAt(when.AsMemory(), out asAt) is { } fault)
            body.Refuse(DateTimeParameter.AsAtName, fault.Detail);
        return new FreeAreaQuery(
            polygon is null ? BoundingBox.World : BoundingBox.Of(polygon), polygon, least, clear, commodity, near ?? Default(commodity), limit, asAt);
    }

    private static double? Default(string? commodity) => commodity is null ? null : DefaultNearKm;

    private static int? Whole(Members body, string name, int most)
    {
        if (body.Number(name, 1, most, required: false) is not { } number)
            return null;
        if (decimal.IsInteger(number))
            return (int)number;
        body.Refuse(name, "A whole number was expected.");
        return null;
    }

    private static Refusal? ReadNumber(string name, ReadOnlyMemory<char>? text, double least, double most, bool isWhole, ref double number)
    {
        if (text is not { } value || (Numbers.TryRead(value.Span, least, most, out number) && (!isWhole || double.IsInteger(number))))
            return null;
        return Refusal.Malformed(name, string.Create(
            CultureInfo.InvariantCulture, $"A {(isWhole ? "whole number" : "number")} from {least} to {most} was expected."));
    }

    private static Refusal? ReadNear(ReadOnlyMemory<char>? text, out double? near)
    {
        var number = 0.0;
        var fault = ReadNumber(NearKmName, text, 0, MostKm, isWhole: false, ref number);
        near = text is null ? null : number;
        return fault;
    }

    private static Refusal? ReadCommodity(ReadOnlyMemory<char>? text, out string? commodity)
    {
        commodity = null;
        return text is not { } value || Registry.Core.Deposits.Commodities.TryRead(value.ToString(), out commodity)
            ? null
            : Refusal.Malformed(CommodityName, "No such commodity is known here; lithium or rare earth elements are.");
    }
}
