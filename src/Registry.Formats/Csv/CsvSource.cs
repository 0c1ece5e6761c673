using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;
using Registry.Formats.WellKnown;

namespace Registry.Formats.Csv;

/// <summary>
/// Reads a table as CSV: its first row names the columns, one of them <c>WKT</c> (well-known text; <c>geometry</c> and <c>geom</c> are
/// read too), or two of them <c>lon</c> and <c>lat</c> (or <c>longitude</c> and <c>latitude</c>), degrees in WGS 84; where the sender
/// names another reference system, also <c>x</c> and <c>y</c> (or <c>easting</c> and <c>northing</c>). Guards against formulas, which the
/// registry's own CSV has, are taken off again; see <see cref="CsvGuard"/>.
/// </summary>
/// <param name="encoding">What the table is in; null for UTF-8, or UTF-16 with its mark.</param>
/// <param name="said">What its positions are given in, as the sender says; null for WGS 84.</param>
public sealed class CsvSource(Encoding? encoding = null, SourceSystem? said = null) : IFeatureSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var walk = new Walk(file, encoding, said, limits);
        await foreach (var feature in walk.Features(cancellation))
            yield return feature;
    }

    private sealed class Walk(Stream file, Encoding? encoding, SourceSystem? said, SourceLimits limits) : FeatureWalk(limits), IDisposable
    {
        private static readonly string[] s_wkt = ["wkt", "geometry", "geom"];
        private static readonly string[] s_longitudes = ["lon", "longitude", "long", "lng"];
        private static readonly string[] s_latitudes = ["lat", "latitude"];
        private static readonly string[] s_eastings = ["x", "easting"];
        private static readonly string[] s_northings = ["y", "northing"];

        // The ground of license blocks, which needs no geometry beside it.
        private static readonly string[] s_cells = ["cells"];

        private CsvRows? _rows;
        private string?[] _columns = [];
        private int _wkt = -1;
        private int _longitude = -1;
        private int _latitude = -1;

        public void Dispose() => _rows?.Dispose();

        protected override ValueTask<SourceFeature?> Next(long index, CancellationToken cancellation)
        {
            if (_rows is null)
            {
                _rows = new CsvRows(file, encoding, Limits);
                ReadHeader(_rows.Next() ?? throw new SourceException("The table is empty."));
            }

            return new(_rows.Next() is { } row ? FeatureOf(index, row) : null);
        }

        // A table can have a hundred thousand rows that are at fault, each of which would cost an exception.
        private SourceFeature FeatureOf(long index, CsvRow row)
        {
            if ((row.Fault ?? FaultOf(row.Fields)) is { } fault)
                return Refused(index, row, "", fault);
            try
            {
                var properties = new PropertyText(Limits);
                for (var i = 0; i < _columns.Length; i++)
                {
                    // A column without a name is there where it holds something.
                    if (i != _wkt && i != _longitude && i != _latitude && (_columns[i] is not null || !string.IsNullOrWhiteSpace(row.Fields[i])))
                        properties.Add(_columns[i] ?? NameOf(i), CsvGuard.TakeOff(row.Fields[i]));
                }

                return GeometryOf(row.Fields, out var geometry) is { } wrong
                    ? Refused(index, row, "/geometry", wrong)
                    : new SourceFeature { Index = index, Properties = properties.End(), Geometry = geometry };
            }
            catch (SourceException wrong)
            {
                return Refused(index, row, "", wrong.Message);
            }
        }

        private string? FaultOf(IReadOnlyList<string> fields) => fields.Count == _columns.Length ? null
            : string.Create(CultureInfo.InvariantCulture, $"The row has {fields.Count} fields where the header has {_columns.Length}.");

        private string NameOf(int column)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"column {column + 1}");
            return _columns.Contains(name, StringComparer.Ordinal) ? $"{name} without a name" : name;
        }

        private static SourceFeature Refused(long index, CsvRow row, string pointer, string detail) =>
            SourceFeature.Refused(index, null, pointer, string.Create(CultureInfo.InvariantCulture, $"Line {row.Line}: {detail}"));

        private void ReadHeader(CsvRow row)
        {
            if (row.Fault is { } fault)
                throw new SourceException(fault);
            _columns = [.. row.Fields.Select(name => name.Trim() is { Length: > 0 } trimmed ? trimmed : null)];
            Array.ForEach(_columns, name => Limits.CheckName(name ?? ""));
            if (_columns.OfType<string>().GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
                throw new SourceException($"The table has the column \"{Shortened(twice)}\" twice.");
            _wkt = Find(s_wkt);
            if (_wkt < 0)
                (_longitude, _latitude) = (Find(s_longitudes), Find(s_latitudes));
            if (_longitude < 0 != _latitude < 0)
                throw new SourceException("The table has one of the columns lon and lat without the other.");
            if (_wkt < 0 && _longitude < 0 && said is not null)
                (_longitude, _latitude) = (Find(s_eastings), Find(s_northings));
            if (_longitude < 0 != _latitude < 0)
                throw new SourceException("The table has one of the columns x and y without the other.");
            if (_wkt < 0 && _longitude < 0 && Find(s_eastings) >= 0 && Find(s_northings) >= 0 && Find(s_cells) < 0)
            {
                throw new SourceException(
                    "The table has columns x and y, and nothing says what they are: name it by crs, as EPSG:4326 for longitude and latitude in degrees.");
            }
        }

        private static string Shortened(string name) => JsonTokens.Shortened(name);

        private int Find(string[] names) =>
            Array.FindIndex(_columns, column => column is not null && names.Contains(column, StringComparer.OrdinalIgnoreCase));

        private string? GeometryOf(IReadOnlyList<string> row, out byte[]? geometry)
        {
            geometry = null;
            if (_wkt >= 0)
                return string.IsNullOrWhiteSpace(row[_wkt]) ? null : WellKnownTextReader.Read(row[_wkt], Limits.Geometry, said, out geometry);
            if (_longitude < 0 || (string.IsNullOrWhiteSpace(row[_longitude]) && string.IsNullOrWhiteSpace(row[_latitude])))
                return null;
            if (!TryRead(row[_longitude], out var x) || !TryRead(row[_latitude], out var y))
                return $"\"{Shortened(TryRead(row[_longitude], out _) ? row[_latitude] : row[_longitude])}\" is no number of {(said is { IsProjected: true } ? "metres" : "degrees")}.";
            var text = new GeometryText(Limits.Geometry, said ?? SourceSystem.Wgs84);
            text.Begin("Point");
            text.Position(x, y);
            return text.TryEnd(out geometry);
        }

        // Excel writes a comma before decimals where the machine's language does. Among commas, metres with one could be thousands.
        private bool TryRead(string text, out double number) => double.TryParse(
            _rows!.Delimiter == ',' && said is { IsProjected: true } ? text : text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
