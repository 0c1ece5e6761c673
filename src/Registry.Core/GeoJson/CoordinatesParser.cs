using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Registry.Core.GeoJson;

/// <summary>
/// Reads the value of <c>coordinates</c> into a <see cref="PositionList"/>. Stops at the first limit that is passed; at other faults
/// it goes on, so that the sender hears of several at once.
/// </summary>
/// <param name="levels">How many arrays enclose a position: 0 for a Point, 3 for a MultiPolygon.</param>
/// <param name="limits">How many positions, rings and faults.</param>
/// <param name="faults">Where faults go.</param>
/// <param name="trusted">Whether the text is the registry's own, in which empty arrays and any number of degrees are in order.</param>
internal sealed class CoordinatesParser(int levels, GeoJsonLimits limits, FaultList faults, bool trusted)
{
    private const int MostNumbers = 3;
    private static readonly string[] _expected =
        ["A position", "An array of positions", "An array of lines or rings", "An array of polygons"];

    private readonly PositionList _positions = new(levels);
    private readonly int[] _path = new int[levels + 1];
    private int _depth;

    /// <summary>Reads the value at which the reader stands, in text that is known to be JSON.</summary>
    /// <returns>The positions: of use only if no fault was found.</returns>
    public PositionList Parse(ref Utf8JsonReader reader)
    {
        if (levels == 0)
        {
            if (!IsEmptyPoint(reader))
                ReadPosition(ref reader);
            _positions.EndLine(0, 0, 0);
        }
        else
        {
            ReadArray(ref reader, levels);
        }

        return _positions;
    }

    private bool IsEmptyPoint(Utf8JsonReader reader) =>
        trusted && reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.EndArray;

    /// <returns>Whether to go on.</returns>
    private bool ReadArray(ref Utf8JsonReader reader, int level)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return Refuse(ref reader, $"{_expected[level]} was expected, not {JsonTokens.Describe(ref reader)}.");

        var start = _positions.Count;
        var count = 0;
        for (JsonTokens.Advance(ref reader); reader.TokenType != JsonTokenType.EndArray; JsonTokens.Advance(ref reader))
        {
            _path[_depth++] = count++;
            if (!(level == 1 ? ReadPosition(ref reader) : ReadArray(ref reader, level - 1)))
                return false;
            _depth--;
        }

        if (count == 0 && !trusted)
            faults.Add(Pointer(), "The array is empty.");
        if (level == 1)
            _positions.EndLine(levels == 3 ? _path[0] : 0, levels == 1 ? 0 : _path[levels - 2], start);
        if (level == levels)
            _positions.Parts = level == 3 ? count : 1;
        return !faults.IsFull && (level != 1 || AreRingsFewEnough());
    }

    private bool AreRingsFewEnough()
    {
        if (_positions.Lines.Count <= limits.Rings)
            return true;
        faults.Add("/coordinates", string.Create(CultureInfo.InvariantCulture, $"More than {limits.Rings:#,0} rings or lines."));
        return false;
    }

    private bool ReadPosition(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return Refuse(ref reader, $"A position, an array of longitude and latitude, was expected, not {JsonTokens.Describe(ref reader)}.");
        if (_positions.Count == limits.Vertices)
        {
            faults.Add("/coordinates", string.Create(CultureInfo.InvariantCulture, $"More than {limits.Vertices:#,0} positions."));
            return false;
        }

        double longitude = 0, latitude = 0;
        var count = 0;
        for (JsonTokens.Advance(ref reader); reader.TokenType != JsonTokenType.EndArray; JsonTokens.Advance(ref reader))
        {
            _path[_depth++] = count;
            if (!TryReadNumber(ref reader, count, out var number) && faults.IsFull)
                return false;
            _depth--;
            if (count == 0)
                longitude = number;
            else if (count == 1)
                latitude = number;
            count++;
        }

        if (count is < 2 or > MostNumbers)
            faults.Add(Pointer(), string.Create(CultureInfo.InvariantCulture, $"A position has longitude, latitude and perhaps an altitude; this one has {count} numbers."));
        _positions.Add(longitude, latitude);
        return !faults.IsFull;
    }

    private bool TryReadNumber(ref Utf8JsonReader reader, int ordinate, out double number)
    {
        number = 0;
        if (reader.TokenType != JsonTokenType.Number)
            return Refuse(ref reader, $"A number was expected, not {JsonTokens.Describe(ref reader)}.") && false;
        // What the registry wrote itself may lie anywhere.
        if (!reader.TryGetDouble(out number))
            number = double.NaN;
        if (Wgs84.FaultOf(trusted ? MostNumbers : ordinate, number) is not { } fault)
            return true;
        faults.Add(Pointer(), fault);
        return false;
    }

    private bool Refuse(ref Utf8JsonReader reader, string detail)
    {
        faults.Add(Pointer(), detail);
        JsonTokens.SkipValue(ref reader);
        return !faults.IsFull;
    }

    private string Pointer()
    {
        var pointer = new StringBuilder("/coordinates");
        foreach (var index in _path.AsSpan(0, _depth))
            pointer.Append('/').Append(index);
        return pointer.ToString();
    }
}
