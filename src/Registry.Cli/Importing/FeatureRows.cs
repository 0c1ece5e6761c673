using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Cli.Commands;
using Registry.Core.GeoJson;
using Registry.Formats.DepositTables;
using Registry.Formats.Features;
using Registry.Formats.GeoJson;

namespace Registry.Cli.Importing;

/// <summary>
/// Reads the features of a GeoJSON file. What a property may hold is the registry's to say: values are passed on as they are.
/// </summary>
/// <remarks>
/// The whole file is read before the first object is sent, since what comes last may say that the file is cut short or that its
/// coordinates are of another reference system.
/// </remarks>
internal sealed class FeatureRows
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Whether parts may touch depends on what the ground is: the registry says so.
    private static readonly GeoJsonLimits s_limits = GeoJsonLimits.Default with { TouchingParts = TouchingParts.Kept };

    private readonly FeatureKind _kind;
    private readonly FeatureMembers _members;
    private readonly string _source;
    private readonly List<SourceRow> _rows = [];
    private readonly Dictionary<string, SourceRow> _byKey = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unread = new(StringComparer.Ordinal);

    private FeatureRows(FeatureKind kind, string source) => (_kind, _members, _source) = (kind, new FeatureMembers(kind.Members), source);

    /// <summary>The features of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="kind">What they are.</param>
    /// <param name="request">Says the publisher of features that do not name one, and what positions are given in.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CommandFault">The file is no FeatureCollection, is not UTF-8, or is cut short.</exception>
    public static async Task<SourceTable> Read(Stream file, FeatureKind kind, ImportRequest request, CancellationToken cancellation)
    {
        if (GeoJsonEncoding.FaultOf(file) is { } fault)
            throw new CommandFault($"{fault} Nothing was imported.", ExitCodes.Usage);
        var table = new FeatureRows(kind, request.Source);
        await foreach (var feature in FeatureCollectionReader.Read(file, s_limits, GeometryTypes.All, request.System, cancellation))
        {
            if (feature.FileStoppedAt is { } at)
            {
                throw new CommandFault(string.Create(CultureInfo.InvariantCulture,
                    $"The file cannot be read beyond byte {at}: {Text(feature.Faults)} Nothing was imported."), ExitCodes.Usage);
            }

            table.Add(feature);
        }

        return new SourceTable(table._rows, table._unread);
    }

    private void Add(GeoJsonFeature feature)
    {
        var number = checked((int)feature.Index + 1);
        var name = TextOf(feature, "name") ?? TextOf(feature, "id") ?? feature.Id ?? "";
        if (feature.Faults.Count > 0)
        {
            _rows.Add(Refused(number, name, Text(feature.Faults)));
            return;
        }

        var record = RecordOf(feature);
        var body = BodyOf(feature, record);
        // A feature without an id is the record of what it says.
        var key = Filing.KeyOf(_kind.Collection, record ?? Convert.ToBase64String(body));
        var filing = new Filing(name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"feature {number}"), key, body);
        var row = new SourceRow(number, name, RowOutcome.Registered, filing, []);
        if (!_byKey.TryAdd(key, row))
        {
            var first = _byKey[key];
            var repeats = first.Filing!.Body.AsSpan().SequenceEqual(body);
            row = repeats
                ? row with { Reading = RowOutcome.Merged, Filing = first.Filing, Remarks = [$"it repeats feature {Text(first.Number)}"] }
                : Refused(number, name, $"feature {Text(first.Number)} is of the same record and says something else");
        }

        _rows.Add(row);
    }

    private string? RecordOf(GeoJsonFeature feature)
    {
        var id = TextOf(feature, "id") ?? feature.Id;
        var source = TextOf(feature, "source") ?? _source;
        return id is null ? null : source.Length == 0 ? id : $"{source}#{id}";
    }

    private byte[] BodyOf(GeoJsonFeature feature, string? record)
    {
        // Many programs write null for what a feature has not.
        var given = _members.Of(feature.Properties)
            .Where(member => member.Value.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(member => member.Key, member => member.Value);
        _unread.UnionWith(PropertiesOf(feature).Select(property => property.Name)
            .Except(given.Values.Select(property => property.Name)).Except(FeatureKind.Identity));
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            foreach (var member in _kind.Members.Where(given.ContainsKey))
            {
                json.WritePropertyName(member);
                FeatureMembers.WriteValue(json, member, given[member].Value);
            }

            if (_kind.KeepsSources && record is not null)
            {
                json.WriteStartArray("sources"u8);
                json.WriteStringValue(record);
                json.WriteEndArray();
            }

            if (feature.Geometry?.Geometry is { } geometry && (_kind.GroundInstead is null || !given.ContainsKey(_kind.GroundInstead)))
                WriteGeometry(json, geometry);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static SourceRow Refused(int number, string name, string why) => new(number, name, RowOutcome.Refused, null, [why]);

    private static IEnumerable<JsonProperty> PropertiesOf(GeoJsonFeature feature) => feature.Properties.ValueKind == JsonValueKind.Object
        ? feature.Properties.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null)
        : [];

    private static void WriteGeometry(Utf8JsonWriter json, Geometry geometry)
    {
        json.WritePropertyName("geometry"u8);
        GeometryWriter.Write(json, geometry);
    }

    private static string? TextOf(GeoJsonFeature feature, string property) =>
        feature.Properties.ValueKind == JsonValueKind.Object && feature.Properties.TryGetProperty(property, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    private static string Text(IReadOnlyList<GeometryFault> faults) =>
        string.Join(' ', faults.Select(fault => fault.Pointer.Length == 0 ? fault.Detail : $"{fault.Pointer}: {fault.Detail}"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
