using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Registry.Formats.Features;

/// <summary>Goes through a file feature by feature; what is wrong with the file becomes its last item.</summary>
/// <param name="limits">How much is read.</param>
public abstract class FeatureWalk(SourceLimits limits)
{
    private const int BytesOfProperty = 16;

    private long _index;
    private long _propertyBytes;
    private long _geometryBytes;
    private bool _isDone;

    /// <summary>How much is read.</summary>
    protected SourceLimits Limits => limits;

    /// <summary>The features, and why reading ended early if it did.</summary>
    public async IAsyncEnumerable<SourceFeature> Features([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!_isDone)
        {
            cancellation.ThrowIfCancellationRequested();
            SourceFeature? feature;
            try
            {
                feature = await Next(_index, cancellation);
                if (feature is not null && _index == limits.Features)
                    feature = limits.TooMany();
                else if (feature is not null)
                    feature = TooMuchWith(feature) ?? feature;
            }
            catch (Exception fault) when (IsOfTheFile(fault))
            {
                feature = SourceFeature.Unreadable(_index, WordsOf(fault));
            }

            _index++;
            _isDone = feature is null || feature.IsEndOfReading;
            if (feature is not null)
                yield return feature;
        }
    }

    private SourceFeature? TooMuchWith(SourceFeature feature)
    {
        _propertyBytes += BytesOf(feature.Properties);
        _geometryBytes += feature.Geometry?.Length ?? 0;
        return limits.TooMuch(_index, _propertyBytes, _geometryBytes);
    }

    private static long BytesOf(JsonElement properties) => properties.ValueKind != JsonValueKind.Object ? 0
        : JsonMarshal.GetRawUtf8Value(properties).Length + (BytesOfProperty * (long)properties.GetPropertyCount());

    /// <summary>Reads the next feature; null after the last.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="SourceException">The file is not of its format.</exception>
    protected abstract ValueTask<SourceFeature?> Next(long index, CancellationToken cancellation);

    /// <summary>Whether an exception says that the file is not of its format, rather than that we are at fault.</summary>
    protected virtual bool IsOfTheFile(Exception fault) => fault is SourceException;

    /// <summary>What a fault of the file is, in words for its sender; never those of a library.</summary>
    protected virtual string WordsOf(Exception fault) => fault.Message;
}
