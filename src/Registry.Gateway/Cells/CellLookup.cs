using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Ground.Codes;
using Registry.Core.Law;
using Registry.Gateway.Answers;
using Registry.Gateway.Costs;
using Registry.Gateway.Parameters;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Cells;

/// <summary>Answers what one cell is, asked by its code or by a point.</summary>
/// <remarks>The call that maps and field devices make most: it allocates what the sheet answers, the two codes, and little else.</remarks>
/// <param name="actors">How to reach the sheets.</param>
/// <param name="regime">The law, for its graticule and its ground.</param>
/// <param name="writer">Writes the cell.</param>
/// <param name="past">The register as it stood.</param>
/// <param name="turns">Gives turns to those who ask for the past.</param>
public sealed class CellLookup(IActors actors, Regime regime, CellWriter writer, PastRegister past, CostlyTurns turns)
{
    private static readonly string[] PointNames = ["lon", "lat", DateTimeParameter.AsAtName];
    private static readonly string[] CodeNames = [DateTimeParameter.AsAtName];

    /// <summary>Answers <c>GET /cells/at?lon=&amp;lat=</c>.</summary>
    public Task At(HttpContext context) => ReadPoint(context.Request.QueryString, out var cell, out var moment) is { } fault
        ? fault.ToProblem().ExecuteAsync(context)
        : Answer(context, cell, moment);

    /// <summary>Answers <c>GET /cells/{code}</c>.</summary>
    public Task ByCode(string code, HttpContext context)
    {
        var (cell, moment) = (default(Cell), (Moment?)null);
        Span<ReadOnlyMemory<char>?> values = [null];
        var fault = QueryText.Read(context.Request.QueryString, CodeNames, values)
            ?? DateTimeParameter.ReadAsAt(values[0], out moment)
            ?? ReadCode(code, out cell);
        return fault is null ? Answer(context, cell, moment) : fault.ToProblem().ExecuteAsync(context);
    }

    /// <summary>A cell that is not the jurisdiction's: no sheet keeps it, and none is asked.</summary>
    internal static CellView Outside(Cell cell) => new(cell, CellStatus.Outside, null, null, [], null);

    private static Refusal? ReadCode(string code, out Cell cell)
    {
        cell = default;
        var cells = new List<Cell>(1);
        if (!CellCodes.TryRead(code, cells, out var error))
            return Refusal.Malformed("code", error!);
        if (cells.Count != 1)
            return Refusal.Malformed("code", $"The code names {cells.Count} cells; ask for one, or send the list to /cells/check.");
        cell = cells[0];
        return null;
    }

    private Refusal? ReadPoint(QueryString query, out Cell cell, out Moment? moment)
    {
        (cell, moment) = (default, null);
        var (longitude, latitude) = (0.0, 0.0);
        Span<ReadOnlyMemory<char>?> values = [null, null, null];
        var fault = QueryText.Read(query, PointNames, values)
            ?? ReadDegrees("lon", values[0], 180, out longitude)
            ?? ReadDegrees("lat", values[1], 90, out latitude)
            ?? DateTimeParameter.ReadAsAt(values[2], out moment);
        if (fault is not null)
            return fault;
        cell = regime.Graticule.CellAt(longitude, latitude);
        return null;
    }

    private static Refusal? ReadDegrees(string name, ReadOnlyMemory<char>? text, int most, out double degrees)
    {
        degrees = 0;
        if (text is not { } value)
            return Refusal.Malformed(name, $"The parameter '{name}' is missing.");
        return Numbers.TryRead(value.Span, -most, most, out degrees)
            ? null
            : Refusal.Malformed(name, $"A number of degrees from {-most} to {most} was expected.");
    }

    private Task Answer(HttpContext context, Cell cell, Moment? moment)
    {
        if (moment is { } asked)
            return AnswerPast(context, cell, asked);
        if (!regime.Jurisdiction.Contains(cell))
            return Write(context, Outside(cell));
        var look = actors.Sheet(regime.Graticule.SheetOf(cell)).Look(cell);
        return look.IsCompletedSuccessfully ? Write(context, look.Result) : WriteAfter(context, look);
    }

    private async Task AnswerPast(HttpContext context, Cell cell, Moment moment)
    {
        var (asAt, refusal) = await past.Resolve(moment);
        if (refusal is not null)
        {
            await refusal.ToProblem().ExecuteAsync(context);
            return;
        }

        if (asAt is not { } instant || !regime.Jurisdiction.Contains(cell))
        {
            await Answer(context, cell, moment: null);
            return;
        }

        await turns.Hold(context, CostlyKind.Past);
        await Write(context, await actors.Sheet(regime.Graticule.SheetOf(cell)).LookAsAt(cell, past.GroundOf(instant)));
    }

    private async Task WriteAfter(HttpContext context, Task<CellView> look) => await Write(context, await look);

    private Task Write(HttpContext context, CellView view) => JsonAnswer.Write(
        context, StatusCodes.Status200OK, JsonAnswer.Json, writer, view, static (json, writer, view) => writer.Write(json, view));
}
