using System.Globalization;
using System.Text.Json;
using Registry.Core.GeoJson;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.GeoJson;

/// <summary>Where the reading of a FeatureCollection stands.</summary>
internal sealed class FeatureCollectionWalk(Stream stream, GeoJsonLimits limits, GeometryTypes accepted, SourceSystem? said)
{
    // Its member geometryType may be left out; a member of this name GeoJSON never had.
    private const string EsriJson = "This is Esri JSON, and GeoJSON was expected: ArcGIS gives it with f=geojson, or GDAL makes it.";

    private readonly int _mostBytes = FeatureCollectionReader.MostFeatureBytes(limits);
    private readonly JsonStream _file = new(stream, FeatureCollectionReader.MostFeatureBytes(limits));
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private bool _isBegun;
    private bool _isInFeatures;
    private bool _isDone;
    private SourceSystem? _named;
    private long _index;

    /// <summary>The next feature; the reason why the file ends before its end; or null after the last.</summary>
    public async ValueTask<GeoJsonFeature?> Next(CancellationToken cancellation)
    {
        try
        {
            while (!_isDone)
            {
                if (_isInFeatures)
                {
                    if (await NextFeature(cancellation) is { } feature)
                        return feature;
                }
                else if (await NextMember(cancellation) is { } fault)
                {
                    return Stopped(fault);
                }
            }

            return null;
        }
        catch (JsonException)
        {
            return Stopped(new GeometryFault(
                "",
                string.Create(CultureInfo.InvariantCulture, $"The file is not JSON or is cut short: no sense after byte {_file.Position}.")));
        }
    }

    private async ValueTask<GeoJsonFeature?> NextFeature(CancellationToken cancellation)
    {
        switch (await _file.NextElement(cancellation))
        {
            case JsonStream.Element.Whole:
                return FeatureParser.Parse(_file.Value.Span, _index++, limits, accepted, _named ?? said);
            case JsonStream.Element.TooLong:
                var detail = string.Create(CultureInfo.InvariantCulture, $"The feature is longer than {_mostBytes:#,0} bytes.");
                return new GeoJsonFeature { Index = _index++, Faults = [new GeometryFault("", detail)] };
            default:
                _isInFeatures = false;
                return null;
        }
    }

    /// <returns>Why the file is not read on, or null.</returns>
    private async ValueTask<GeometryFault?> NextMember(CancellationToken cancellation)
    {
        await _file.NextToken(cancellation);
        if (!_isBegun)
        {
            _isBegun = true;
            return _file.Token == JsonTokenType.StartObject ? null : new GeometryFault("", "A FeatureCollection is an object.");
        }

        if (_file.Token == JsonTokenType.EndObject)
            return await End(cancellation);
        if (_file.Text is not { } name)
            return new GeometryFault("", "The name of a member is not Unicode text.");
        if (!_members.Add(name))
            return new GeometryFault(JsonTokens.PointerTo(name), $"The member \"{JsonTokens.Shortened(name)}\" is there twice.");
        return name switch
        {
            "type" => await ReadType(cancellation),
            "crs" => await ReadReference(cancellation),
            "features" => await BeginFeatures(cancellation),
            _ => await Skip(cancellation),
        };
    }

    private async ValueTask<GeometryFault?> ReadType(CancellationToken cancellation)
    {
        await _file.NextToken(cancellation);
        return _file.Token == JsonTokenType.String && _file.Text == "FeatureCollection"
            ? null
            : new GeometryFault("/type", $"\"FeatureCollection\" was expected, not \"{JsonTokens.Shortened(_file.Text ?? "")}\".");
    }

    private async ValueTask<GeometryFault?> ReadReference(CancellationToken cancellation)
    {
        if (await _file.NextElement(cancellation) != JsonStream.Element.Whole)
            return new GeometryFault("/crs", "The name of the reference system is too long.");
        return FaultOf(_file.Value.Span) is { } other ? new GeometryFault("/crs", other) : null;
    }

    private string? FaultOf(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        if (GeoJsonSystem.Read(ref reader, out var named) is { } fault)
            return fault;
        if (named is null)
            return null;
        if (said is not null && !named.IsSame(said))
            return $"The file says that it is in {named.Name}, and the parameter crs says {said.Name}.";
        if (_index > 0 && said is null && !named.IsWgs84)
            return $"The member crs names {named.Name} behind the features that it is about; put it before them, or send the parameter crs.";
        _named = named;
        return null;
    }

    private async ValueTask<GeometryFault?> BeginFeatures(CancellationToken cancellation)
    {
        await _file.NextToken(cancellation);
        _isInFeatures = _file.Token == JsonTokenType.StartArray;
        return _isInFeatures ? null : new GeometryFault("/features", "An array of features was expected.");
    }

    private async ValueTask<GeometryFault?> Skip(CancellationToken cancellation)
    {
        await _file.SkipValue(cancellation);
        return null;
    }

    private async ValueTask<GeometryFault?> End(CancellationToken cancellation)
    {
        foreach (var member in (string[])["type", "features"])
        {
            if (!_members.Contains(member))
                return new GeometryFault("", _members.Contains("spatialReference") ? EsriJson : $"The member \"{member}\" is missing.");
        }

        // Anything but white space behind the collection is a JsonException here.
        await _file.NextToken(cancellation);
        _isDone = true;
        return null;
    }

    private GeoJsonFeature Stopped(GeometryFault fault)
    {
        _isDone = true;
        return new GeoJsonFeature { Index = _index, Faults = [fault], FileStoppedAt = _file.Position };
    }
}
