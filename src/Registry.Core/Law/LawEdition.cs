using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Registry.Core.Ground;

namespace Registry.Core.Law;

/// <summary>
/// An edition of the law: the canonical form of a regime, whose SHA-256 names it. Everything of the regime that decides is in the form, and
/// nothing else: not how it names cells, nor the outline that maps show, nor the registry's own quota.
/// </summary>
/// <remarks>
/// The form is UTF-8 JSON without spaces, its members in the order of docs/log-entries.md. Two programs with the same form decide alike; a
/// number that differs makes another edition.
/// </remarks>
public sealed class LawEdition
{
    private LawEdition(string regime, byte[] form) => (Regime, Form, Hash) = (regime, form, Convert.ToHexStringLower(SHA256.HashData(form)));

    /// <summary>The regime's code: <c>kz</c>.</summary>
    public string Regime { get; }

    /// <summary>The canonical form.</summary>
    public ReadOnlyMemory<byte> Form { get; }

    /// <summary>The SHA-256 of the canonical form, in 64 lower-case hexadecimal digits: the name of the edition.</summary>
    public string Hash { get; }

    /// <summary>The edition of a regime. Some 50 kB for Kazakhstan, most of it the cells of the country, run by run.</summary>
    public static LawEdition Of(Regime regime)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("regime"u8, regime.Code);
            if (regime.Country is { } country)
                json.WriteString("country"u8, country);
            json.WriteString("datum"u8, regime.Datum);
            json.WriteNumber("rows"u8, regime.Graticule.Rows);
            json.WriteNumber("columns"u8, regime.Graticule.Columns);
            json.WriteNumber("mostCells"u8, regime.MostCells);
            json.WriteBoolean("mustBeConnected"u8, regime.MustBeConnected);
            json.WriteStartObject("termYears"u8);
            foreach (var (kind, years) in regime.TermYears.OrderBy(term => term.Key))
                json.WriteNumber(kind.ToString(), years);
            json.WriteEndObject();
            json.WriteNumber("workingDaysAfterRefusal"u8, regime.WorkingDaysAfterRefusal);
            WriteCalendar(json, regime.Calendar);
            WriteCells(json, regime.Graticule, regime.Jurisdiction);
            json.WriteEndObject();
        }

        return new LawEdition(regime.Code, bytes.WrittenSpan.ToArray());
    }

    private static void WriteCalendar(Utf8JsonWriter json, LegalCalendar calendar)
    {
        json.WriteNumber("utcOffsetMinutes"u8, (int)calendar.UtcOffset.TotalMinutes);
        json.WriteStartArray("holidays"u8);
        foreach (var (month, day) in calendar.Holidays.Order())
            WritePair(json, month, day);
        json.WriteEndArray();
    }

    private static void WriteCells(Utf8JsonWriter json, Graticule graticule, Jurisdiction jurisdiction)
    {
        json.WriteStartArray("cells"u8);
        foreach (var run in jurisdiction.Runs)
            WritePair(json, graticule.CellOf(run.Row, run.First).Key, graticule.CellOf(run.Row, run.Last).Key);
        json.WriteEndArray();
    }

    private static void WritePair(Utf8JsonWriter json, long first, long second)
    {
        json.WriteStartArray();
        json.WriteNumberValue(first);
        json.WriteNumberValue(second);
        json.WriteEndArray();
    }
}
