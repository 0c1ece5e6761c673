using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;

namespace Registry.Core.Features;

/// <summary>Objects of the registry as GeoJSON Features (RFC 7946), with the properties of the HTTP contract.</summary>
public static class FeatureWriter
{
    // Letters of any script as they are: GeoJSON is never pasted into a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A license block as a Feature in UTF-8.</summary>
    public static byte[] Encode(Regime regime, Registered<LicenseBlockState> title, bool withCells) =>
        Encode(json => Write(json, regime, title, withCells));

    /// <summary>A deposit as a Feature in UTF-8.</summary>
    public static byte[] Encode(Registered<DepositState> deposit, IReadOnlyList<string> licenseBlocks) =>
        Encode(json => Write(json, deposit, licenseBlocks));

    /// <summary>A restriction area as a Feature in UTF-8.</summary>
    public static byte[] Encode(Registered<AreaState> area) => Encode(json => Write(json, area));

    /// <summary>Writes a license block as a Feature.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="regime">The law, for the names and areas of cells.</param>
    /// <param name="title">The license block.</param>
    /// <param name="withCells">Whether to name every cell.</param>
    public static void Write(Utf8JsonWriter json, Regime regime, Registered<LicenseBlockState> title, bool withCells)
    {
        var state = title.State;
        Begin(json, state.Id);
        json.WritePropertyName("geometry"u8);
        if (state.Polygon is { } polygon)
            GeometryWriter.Write(json, polygon);
        else
            Outline.Of(regime.Graticule, state.Cells).WriteTo(json);
        json.WriteStartObject("properties"u8);
        json.WriteString("id"u8, state.Id);
        if (state.Number is { } number)
            json.WriteString("number"u8, number);
        json.WriteString("kind"u8, Name(state.Kind));
        json.WriteString("status"u8, Name(state.Status));
        json.WriteStartObject("holder"u8);
        json.WriteString("id"u8, state.Holder.Id);
        json.WriteString("name"u8, state.Holder.Name);
        json.WriteString("country"u8, state.Holder.Country);
        json.WriteEndObject();
        if (withCells)
        {
            json.WriteStartArray("cells"u8);
            foreach (var cell in state.Cells)
                json.WriteStringValue(regime.Scheme.Format(cell));
            json.WriteEndArray();
        }

        json.WriteNumber("cellCount"u8, state.Cells.Count);
        json.WriteNumber("areaKm2"u8, AreaKm2(regime, state));
        Write(json, "commodities", state.Commodities);
        json.WriteNumber("sequence"u8, title.First.Sequence);
        json.WriteString("appliedAt"u8, title.First.At.UtcDateTime);
        Write(json, "grantedOn", state.GrantedOn);
        Write(json, "expiresOn", state.ExpiresOn);
        End(json, title.Version);
    }

    /// <summary>Writes a deposit as a Feature.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="deposit">The deposit.</param>
    /// <param name="licenseBlocks">The license blocks whose ground holds it.</param>
    public static void Write(Utf8JsonWriter json, Registered<DepositState> deposit, IReadOnlyList<string> licenseBlocks)
    {
        var state = deposit.State;
        Begin(json, state.Id);
        json.WritePropertyName("geometry"u8);
        GeometryWriter.Write(json, state.Geometry);
        json.WriteStartObject("properties"u8);
        json.WriteString("id"u8, state.Id);
        json.WriteString("name"u8, state.Name);
        Write(json, "otherNames", state.OtherNames);
        json.WriteString("status"u8, Name(state.Status));
        Write(json, "commodities", state.Commodities);
        Write(json, "critical", Critical(deposit));
        json.WritePropertyName("estimates"u8);
        JsonSerializer.Serialize(json, state.Estimates, Json.CoreJson.Default.IReadOnlyListEstimate);
        Write(json, "licenseBlocks", licenseBlocks);
        Write(json, "sources", state.Sources);
        End(json, deposit.Version);
    }

    /// <summary>Writes a restriction area as a Feature.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="area">The area.</param>
    public static void Write(Utf8JsonWriter json, Registered<AreaState> area)
    {
        var state = area.State;
        Begin(json, state.Id);
        json.WritePropertyName("geometry"u8);
        GeometryWriter.Write(json, state.Geometry);
        json.WriteStartObject("properties"u8);
        json.WriteString("id"u8, state.Id);
        json.WriteString("name"u8, state.Name);
        json.WriteString("effect"u8, Name(state.Effect));
        json.WriteNumber("bufferMetres"u8, state.BufferMetres);
        Write(json, "validFrom", state.ValidFrom);
        Write(json, "validTo", state.ValidTo);
        json.WriteString("legalBasis"u8, state.LegalBasis);
        json.WriteNumber("cellCount"u8, state.Cells.Count);
        End(json, area.Version);
    }

    /// <summary>A status as the HTTP contract writes it.</summary>
    public static string Name(LicenseBlockStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    /// <summary>A kind as the HTTP contract writes it.</summary>
    public static string Name(LicenseBlockKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>The name of a deposit's status in the HTTP contract.</summary>
    public static string Name(DepositStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    /// <summary>The name of what a restriction area does in the HTTP contract.</summary>
    public static string Name(RestrictionEffect effect) => JsonNamingPolicy.CamelCase.ConvertName(effect.ToString());

    /// <summary>The lists of critical minerals that named a deposit's commodities when it last changed.</summary>
    public static IReadOnlyList<string> Critical(Registered<DepositState> deposit) =>
        CriticalLists.NamedBy(deposit.State.Commodities, DateOnly.FromDateTime(deposit.Last.At.UtcDateTime));

    /// <summary>The area of a license block's ground in square kilometres, as its Feature shows it: to a hundred square metres.</summary>
    public static double AreaKm2(Regime regime, LicenseBlockState state) => Math.Round(state.AreaKm2(regime.Graticule), 4);

    private static byte[] Encode(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Begin(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, id);
    }

    private static void End(Utf8JsonWriter json, long version)
    {
        json.WriteNumber("version"u8, version);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, DateOnly? date)
    {
        if (date is { } day)
            json.WriteString(name, day.ToString("O", CultureInfo.InvariantCulture));
    }
}
