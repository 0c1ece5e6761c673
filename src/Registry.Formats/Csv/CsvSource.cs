using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.WellKnown;

namespace Registry.Formats.Csv;

/// <summary>
/// Reads a table as CSV: its first row names the columns, one of them <c>WKT</c> (well-known text; <c>geometry</c> and <c>geom</c> are
/// read too), or two of them <c>lon</c> and <c>lat</c> (or <c>longitude</c> and <c>latitude</c>), degrees in WGS 84. Guards against
/// formulas, which the registry's own CSV has, are taken off again; see <see cref="CsvGuard"/>.
/// </summary>
/// <param name="encoding">What the table is in; null for UTF-8, or UTF-16 with its mark.</param>
public sealed class CsvSource(Encoding? encoding = null) : IFeatureSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var walk = new Walk(file, encoding, limits);
        await foreach (var feature in walk.Features(cancellation))
            yield return feature;
    }

    private sealed class Walk(Stream file, Encoding? encoding, SourceLimits limits) : FeatureWalk(limits), IDisposable
    {
        private static readonly string[] s_wkt = ["wkt", "geometry", "geom"];
        private static readonly string[] s_longitudes = ["lon", "longitude"];
        private static readonly string[] s_latitudes = ["lat", "latitude"];

        private CsvRows? _rows;
        private string[] _columns = [];
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

        private SourceFeature FeatureOf(long index, CsvRow row)
        {
            if (row.Fault is { } fault)
                return Refused(index, row, "", fault);
            if (row.Fields.Count != _columns.Length)
            {
                return Refused(index, row, "", string.Create(CultureInfo.InvariantCulture,
                    $"The row has {row.Fields.Count} fields where the header has {_columns.Length}."));
            }

            var pointer = "";
            try
            {
                var properties = new PropertyText(Limits);
                for (var i = 0; i < _columns.Length; i++)
                {
                    if (i != _wkt && i != _longitude && i != _latitude)
                        properties.Add(_columns[i], CsvGuard.TakeOff(row.Fields[i]));
                }

                pointer = "/geometry";
                return new SourceFeature { Index = index, Properties = properties.End(), Geometry = GeometryOf(row.Fields) };
            }
            catch (SourceException wrong)
            {
                return Refused(index, row, pointer, wrong.Message);
            }
        }

        private static SourceFeature Refused(long index, CsvRow row, string pointer, string detail) =>
            SourceFeature.Refused(index, null, pointer, string.Create(CultureInfo.InvariantCulture, $"Line {row.Line}: {detail}"));

        private void ReadHeader(CsvRow row)
        {
            if (row.Fault is { } fault)
                throw new SourceException(fault);
            _columns = [.. row.Fields.Select(name => name.Trim())];
            Array.ForEach(_columns, Limits.CheckName);
            if (_columns.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
                throw new SourceException($"The table has the column \"{Shortened(twice)}\" twice.");
            _wkt = Find(s_wkt);
            if (_wkt < 0)
                (_longitude, _latitude) = (Find(s_longitudes), Find(s_latitudes));
            if (_longitude < 0 != _latitude < 0)
                throw new SourceException("The table has one of the columns lon and lat without the other.");
        }

        private static string Shortened(string name) => JsonTokens.Shortened(name);

        private int Find(string[] names) =>
            Array.FindIndex(_columns, column => names.Contains(column, StringComparer.OrdinalIgnoreCase));

        private byte[]? GeometryOf(IReadOnlyList<string> row)
        {
            if (_wkt >= 0)
                return string.IsNullOrWhiteSpace(row[_wkt]) ? null : WellKnownTextReader.Read(row[_wkt], Limits.Geometry);
            if (_longitude < 0 || (string.IsNullOrWhiteSpace(row[_longitude]) && string.IsNullOrWhiteSpace(row[_latitude])))
                return null;
            var geometry = new GeometryText(Limits.Geometry);
            geometry.Begin("Point");
            geometry.Position(Degrees(row[_longitude]), Degrees(row[_latitude]));
            return geometry.End();
        }

        // Where fields are not parted by commas, Excel writes numbers with a comma before their decimals.
        private double Degrees(string text) =>
            double.TryParse(
                _rows!.Delimiter == ',' ? text : text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
                ? degrees
                : throw new SourceException($"\"{Shortened(text)}\" is no number of degrees.");
    }
}
