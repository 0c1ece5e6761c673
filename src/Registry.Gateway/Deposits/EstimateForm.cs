using Registry.Core.Deposits;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Deposits;

/// <summary>The body that adds a resource estimate. Codes and categories are kept as the report words them.</summary>
internal static class EstimateForm
{
    private const decimal Most = 1_000_000_000_000_000;

    /// <summary>Reads the body.</summary>
    /// <returns>Null when something that has to be there is not; the body's faults then say so.</returns>
    public static Estimate? Read(Members body)
    {
        var (code, category) = (body.Text("code", 50), body.Text("category", 50));
        var (tonnage, unit) = (body.Number("tonnage", 0, Most), body.Text("tonnageUnit", 50));
        var grades = body.Objects("grades", ReadGrade);
        var cutOff = body.OptionalText("cutOff");
        var effective = body.Date("effectiveDate", required: true);
        var (person, report) = (body.OptionalText("competentPerson"), body.OptionalText("report", 500));
        return tonnage is null || effective is null
            ? null
            : new Estimate(code, category, tonnage.Value, unit, grades, cutOff, effective.Value, person, report);
    }

    private static Grade? ReadGrade(Members body)
    {
        var commodity = body.Text("commodity", 100);
        if (commodity.Length > 0 && !Core.Deposits.Commodities.TryRead(commodity, out commodity!))
            body.Refuse("commodity", "This is no commodity known here.");
        var (value, unit) = (body.Number("value", 0, Most), body.Text("unit", 50));
        return value is null ? null : new Grade(commodity, value.Value, unit);
    }
}
