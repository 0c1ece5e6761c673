using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Registry.Cli.Commands;
using Registry.Core.GeoJson;
using Registry.Core.Law;
using Registry.Formats.DepositTables;

namespace Registry.Cli.Importing;

/// <summary>Reads deposits from a CSV table: <see cref="DepositTable"/> understands it, here it becomes requests.</summary>
internal static class DepositRows
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The rows of a table.</summary>
    /// <param name="csv">The table.</param>
    /// <param name="encoding">What it is in; null for UTF-8, or UTF-16 with its mark.</param>
    /// <param name="regime">The regime of the registry that it goes to.</param>
    /// <exception cref="CommandFault">It is no table of deposits.</exception>
    public static SourceTable Read(Stream csv, Encoding? encoding, Regime regime)
    {
        try
        {
            var table = DepositTable.Read(DepositCsv.Read(csv, encoding), regime);
            var filings = table.Deposits.ToDictionary(deposit => deposit.Name, FilingOf);
            return new SourceTable(
                [.. table.Rows.Select(row => new SourceRow(
                    row.Line, row.Name, row.Outcome, row.Deposit is { } deposit ? filings[deposit] : null, row.Remarks))],
                []);
        }
        catch (FormatException fault)
        {
            throw new CommandFault($"{fault.Message} Nothing was imported.", ExitCodes.Usage);
        }
    }

    private static Filing FilingOf(DepositDraft deposit) => new(deposit.Name, Filing.KeyOf("deposits", deposit.Key), BodyOf(deposit));

    private static byte[] BodyOf(DepositDraft deposit)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, deposit.Name);
            Write(json, "otherNames", deposit.OtherNames);
            json.WriteString("status"u8, JsonNamingPolicy.CamelCase.ConvertName(deposit.Status.ToString()));
            Write(json, "commodities", deposit.Commodities);
            Write(json, "sources", deposit.Sources);
            json.WritePropertyName("geometry"u8);
            GeometryWriter.Write(json, deposit.Location);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
