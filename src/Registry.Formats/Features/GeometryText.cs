using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Registry.Core.GeoJson;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.Features;

/// <summary>
/// Writes what a file says of a geometry as GeoJSON, position by position and unchecked, so that every format goes through the one check
/// of <see cref="GeometryReader"/>. A number that is none is written as null, which that check refuses with its place.
/// </summary>
/// <param name="limits">How many positions and lines are taken; beyond them it throws a <see cref="SourceException"/>.</param>
/// <param name="system">What the positions are given in; they are written in WGS 84.</param>
internal sealed class GeometryText(GeoJsonLimits limits, SourceSystem system)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Utf8JsonWriter? _json;
    private int _positions;
    private int _arrays;
    private string? _fault;

    private Utf8JsonWriter Json => _json ??= new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Begins the geometry.</summary>
    /// <param name="type">The type's name in GeoJSON.</param>
    public void Begin(string type)
    {
        Json.WriteStartObject();
        Json.WriteString("type"u8, type);
        Json.WritePropertyName("coordinates"u8);
    }

    /// <summary>Opens an array of positions, rings or polygons.</summary>
    public void Open()
    {
        // A part and its ring are two arrays.
        if (++_arrays > 2 * (limits.Rings + 1))
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"More than {limits.Rings:#,0} rings or lines."));
        Json.WriteStartArray();
    }

    /// <summary>Closes it.</summary>
    public void Close() => Json.WriteEndArray();

    /// <summary>Writes a position.</summary>
    /// <param name="x">The longitude or the easting.</param>
    /// <param name="y">The latitude or the northing.</param>
    public void Position(double x, double y)
    {
        RefuseBeyond(++_positions);
        if (_fault is not null)
            return;
        _fault = system.ToWgs84(x, y, out var longitude, out var latitude);
        Json.WriteStartArray();
        Write(longitude);
        Write(latitude);
        Json.WriteEndArray();
    }

    /// <summary>Refuses a number of positions that is announced, before any of them is read.</summary>
    public void RefuseBeyond(long positions)
    {
        if (positions > limits.Vertices)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"More than {limits.Vertices:#,0} positions."));
    }

    /// <summary>Ends the geometry.</summary>
    /// <returns>The text, in UTF-8.</returns>
    /// <exception cref="SourceException">A position is none of the reference system.</exception>
    public byte[] End() => TryEnd(out var geometry) is { } fault ? throw new SourceException(fault) : geometry!;

    /// <summary>Ends the geometry.</summary>
    /// <param name="geometry">The text, in UTF-8; null when there is a fault.</param>
    /// <returns>Why a position is none of the reference system; null when all are.</returns>
    public string? TryEnd(out byte[]? geometry)
    {
        geometry = null;
        if (_fault is not null)
            return _fault;
        Json.WriteEndObject();
        Json.Flush();
        geometry = _buffer.WrittenSpan.ToArray();
        return null;
    }

    private void Write(double number)
    {
        if (double.IsFinite(number))
            Json.WriteNumberValue(number);
        else
            Json.WriteNullValue();
    }
}
