using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Gateway.Answers;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Cells;

/// <summary>Answers <c>POST /cells/check</c>: what an application over a ground would meet, cell by cell. Nothing is held or changed.</summary>
/// <remarks>
/// Each sheet is seen at one instant, not all at the same one, and the answer is true of that instant alone: only an application is
/// decided. The rules are those that decide it.
/// </remarks>
/// <param name="actors">How to reach the sheets.</param>
/// <param name="regime">The law.</param>
/// <param name="writer">Writes the names of cells.</param>
public sealed class CellCheck(IActors actors, Regime regime, CellWriter writer)
{
    /// <summary>Answers the request.</summary>
    public async Task Answer(HttpContext context)
    {
        var incoming = await Incoming<CheckForm>.Read(context, IncomingKind.Question, body => CheckForm.Read(body, regime));
        if (incoming.Problem is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        var finding = Judge(incoming.Form, await Look(incoming.Form.Cells));
        await JsonAnswer.Write(context, StatusCodes.Status200OK, JsonAnswer.Json, this, finding, static (json, check, finding) =>
            check.Write(json, finding));
    }

    private async Task<CellView[]> Look(CellSet cells)
    {
        var sheets = cells.Where(regime.Jurisdiction.Contains).GroupBy(regime.Graticule.SheetOf)
            .Select(sheet => actors.Sheet(sheet.Key).LookAll(CellSet.Of(sheet)));
        var views = (await Task.WhenAll(sheets)).SelectMany(seen => seen).ToDictionary(view => view.Cell);
        return [.. cells.Select(cell => views.GetValueOrDefault(cell) ?? CellLookup.Outside(cell))];
    }

    private Finding Judge(CheckForm form, CellView[] views)
    {
        var rules = new List<BrokenRule>(LicenseBlockRules.CheckGround(regime, form.Cells, form.OverCells)?.Rules ?? []);
        rules.AddRange(RestrictedCell.Rules(regime, views
            .Where(view => view.Area is not null).Select(view => new RestrictedCell(view.Cell, view.Area!))));
        // A geological study may lie over what others hold: who claims a cell is told, and is no conflict.
        var taken = form.Kind.IsExclusive() ? Array.FindAll(views, view => view.LicenseBlock is not null) : [];
        var mayQueue = form.QueueIfTaken && taken.All(view => view.ClaimantStatus!.Value.IsUndecided());
        var outcome = rules.Count > 0 || (taken.Length > 0 && !mayQueue) ? "refused" : taken.Length > 0 ? "queued" : "accepted";
        return new Finding(outcome, views, rules, taken);
    }

    private void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("wouldBe"u8, finding.Outcome);
        json.WriteStartArray("rules"u8);
        foreach (var rule in finding.Rules)
        {
            json.WriteStartObject();
            json.WriteString("rule"u8, rule.Rule);
            json.WriteString("detail"u8, rule.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("conflicts"u8);
        foreach (var view in finding.Taken)
        {
            json.WriteStartObject();
            json.WriteString("cell"u8, CellNames.NameOf(regime, view.Cell));
            json.WriteString("licenseBlock"u8, view.LicenseBlock);
            json.WriteString("status"u8, Words.Of(view.ClaimantStatus!.Value));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("cells"u8);
        foreach (var view in finding.Cells)
        {
            json.WriteStartObject();
            writer.WriteNames(json, view.Cell);
            CellWriter.WriteClaims(json, view);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record Finding(string Outcome, CellView[] Cells, IReadOnlyList<BrokenRule> Rules, CellView[] Taken);
}
