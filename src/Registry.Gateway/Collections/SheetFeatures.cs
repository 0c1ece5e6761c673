using System.Buffers;
using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Gateway.Answers;
using Registry.Gateway.Collections.Filtering;
using Registry.Gateway.Collections.Paging;
using Registry.Gateway.Costs;
using Registry.Gateway.Past;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Collections;

/// <summary>The sheets of the jurisdiction as features: each a rectangle with what it holds in numbers.</summary>
/// <param name="actors">How to reach the sheets.</param>
/// <param name="regime">The law, for its graticule and its ground.</param>
/// <param name="plan">Which sheets a rectangle touches.</param>
public sealed class SheetFeatures(IActors actors, Regime regime, SheetPlan plan)
{
    private readonly Dictionary<SheetId, int> _cells = plan.Sheets.ToDictionary(sheet => sheet, sheet => CountCells(regime, sheet));

    /// <summary>A page of sheets.</summary>
    /// <param name="box">The rectangle that they must touch.</param>
    /// <param name="filter">What they must pass besides; null for nothing. Every sheet in the rectangle is then asked for its figures.</param>
    /// <param name="from">Where the page begins: the place of a sheet is its number.</param>
    /// <param name="offset">How many are passed over.</param>
    /// <param name="limit">The most sheets to give, 1 or more.</param>
    /// <param name="asAt">When; null for now.</param>
    /// <param name="stop">The client has left.</param>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public async Task<(byte[][] Features, int Matched, Place? Next)> Read(
        BoundingBox box, FilterExpression? filter, Place from, int offset, int limit, AsAt? asAt, CancellationToken stop)
    {
        var touched = plan.Touched(box);
        if (filter is not null)
        {
            var (budget, weight) = (new WorkBudget(WorkBudget.OfRequest), FilterWeight.Of(filter));
            var passes = SheetFigure.Queryables.Bind(filter, budget);
            touched = [.. (await FewAtOnce.Ask(touched, sheet => Ask(sheet, asAt), stop))
                .Where(figure => budget.Spend(weight.ForEach) && passes(figure)).Select(figure => figure.Sheet)];
            if (budget.IsSpent)
                throw TooCostly.Because("Putting the filter to every sheet takes too much work: ask with fewer conditions, or with simpler geometry.");
        }

        var left = Array.FindAll(touched, sheet => sheet.Number >= from.Sheet)[Math.Min(offset, touched.Length)..];
        var given = left.Take(limit).ToArray();
        var features = await FewAtOnce.Ask(given, async sheet => Encode(await Ask(sheet, asAt)), stop);
        return (features, touched.Length, left.Length > given.Length ? new Place(left[given.Length].Number, 0) : null);
    }

    /// <summary>One sheet as a Feature in UTF-8; null when the text names no sheet of the jurisdiction.</summary>
    /// <exception cref="ActorUnavailableException">The sheet did not answer.</exception>
    public async Task<byte[]?> Find(string id, AsAt? asAt) =>
        SheetId.TryParse(id, out var sheet) && _cells.ContainsKey(sheet) ? Encode(await Ask(sheet, asAt)) : null;

    private async Task<SheetFigure> Ask(SheetId sheet, AsAt? asAt) =>
        new(regime.Graticule, sheet, _cells[sheet], asAt is { } at ? await Stood(sheet, at) : await actors.Sheet(sheet).Figures());

    // Holds and epochs are of the running registry: the journal does not tell what they were.
    private async Task<SheetFigures> Stood(SheetId sheet, AsAt asAt)
    {
        var statistics = await actors.Sheet(sheet).Statistics(asAt.Cut);
        return new SheetFigures(Epoch: 0, statistics.ClaimedCells, statistics.Objects, Holds: 0);
    }

    private byte[] Encode(SheetFigure figure)
    {
        var (_, sheet, cells, figures) = figure;
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, JsonAnswer.Options);
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, sheet.ToString());
        json.WritePropertyName("geometry"u8);
        GridRectangle.Write(json, regime.Graticule, sheet);
        json.WriteStartObject("properties"u8);
        json.WriteString("id"u8, sheet.ToString());
        json.WriteNumber("cells"u8, cells);
        json.WriteNumber("claimedCells"u8, figures.ClaimedCells);
        json.WriteNumber("objects"u8, figures.Objects);
        if (figures.Epoch > 0)
        {
            json.WriteNumber("holds"u8, figures.Holds);
            json.WriteNumber("epoch"u8, figures.Epoch);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static int CountCells(Regime regime, SheetId sheet)
    {
        var count = 0;
        for (var i = 0; i < regime.Graticule.CellsPerSheet; i++)
            count += regime.Jurisdiction.Contains(sheet, i) ? 1 : 0;
        return count;
    }
}
