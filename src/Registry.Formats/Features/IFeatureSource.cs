namespace Registry.Formats.Features;

/// <summary>Reads the features of a file of one format, in the file's order. Whatever the file holds, reading it does not throw.</summary>
public interface IFeatureSource
{
    /// <summary>The features. Where the file is cut short or is not of the format, the last item says so.</summary>
    /// <param name="file">The file, at its beginning; it can seek. Left open.</param>
    /// <param name="limits">How much is read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="IOException">The stream fails.</exception>
    IAsyncEnumerable<SourceFeature> Read(Stream file, SourceLimits limits, CancellationToken cancellation);
}
