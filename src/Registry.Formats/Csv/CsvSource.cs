using System.Globalization;
using System.Text;
using Registry.Formats.Features;
using Registry.Formats.WellKnown;

namespace Registry.Formats.Csv;

/// <summary>
/// Reads a table as CSV (RFC 4180): its first row names the columns, one of them <c>WKT</c> (well-known text; <c>geometry</c> and
/// <c>geom</c> are read too), or two of them <c>lon</c> and <c>lat</c> (or <c>longitude</c> and <c>latitude</c>), degrees in WGS 84.
/// Guards against formulas, which the registry's own CSV has, are taken off again; see <see cref="CsvGuard"/>.
/// </summary>
public sealed class CsvSource : IFeatureSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFeature> Read(
        Stream file, SourceLimits limits, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        await foreach (var feature in new Walk(new CsvLines(reader, limits), limits).Features(cancellation))
            yield return feature;
    }

    private sealed class Walk(CsvLines lines, SourceLimits limits) : FeatureWalk(limits)
    {
        private static readonly string[] Wkt = ["wkt", "geometry", "geom"];
        private static readonly string[] Longitudes = ["lon", "longitude"];
        private static readonly string[] Latitudes = ["lat", "latitude"];

        private string[]? _columns;
        private int _wkt = -1;
        private int _longitude = -1;
        private int _latitude = -1;

        protected override async ValueTask<SourceFeature?> Next(long index, CancellationToken cancellation)
        {
            if (_columns is null)
                ReadHeader(await lines.Next(cancellation) ?? throw new SourceException("The table is empty."));
            if (await lines.Next(cancellation) is not { } row)
                return null;
            if (row.Count != _columns!.Length)
            {
                return SourceFeature.Refused(index, null, "", string.Create(CultureInfo.InvariantCulture,
                    $"The row has {row.Count} fields where the header has {_columns.Length}."));
            }

            var properties = new PropertyText(Limits);
            for (var i = 0; i < _columns.Length; i++)
            {
                if (i != _wkt && i != _longitude && i != _latitude)
                    properties.Add(_columns[i], CsvGuard.TakeOff(row[i]));
            }

            try
            {
                return new SourceFeature { Index = index, Properties = properties.End(), Geometry = GeometryOf(row) };
            }
            catch (SourceException fault)
            {
                return SourceFeature.Refused(index, null, "/geometry", fault.Message);
            }
        }

        protected override bool IsOfTheFile(Exception fault) => base.IsOfTheFile(fault) || fault is DecoderFallbackException;

        private void ReadHeader(IReadOnlyList<string> row)
        {
            _columns = [.. row.Select((name, at) => (at == 0 ? name.TrimStart('\uFEFF') : name).Trim())];
            if (_columns.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
                throw new SourceException($"The table has the column \"{Shortened(twice)}\" twice.");
            _wkt = Find(Wkt);
            if (_wkt < 0)
                (_longitude, _latitude) = (Find(Longitudes), Find(Latitudes));
            if (_longitude < 0 != _latitude < 0)
                throw new SourceException("The table has one of the columns lon and lat without the other.");
        }

        private static string Shortened(string name) => Core.GeoJson.JsonTokens.Shortened(name);

        private int Find(string[] names) =>
            Array.FindIndex(_columns!, column => names.Contains(column, StringComparer.OrdinalIgnoreCase));

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

        private static double Degrees(string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
                ? degrees
                : throw new SourceException($"\"{Shortened(text)}\" is no number of degrees.");
    }
}
