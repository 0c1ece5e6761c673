using System.Globalization;
using Registry.Actors.Contracts;
using Registry.Actors.Imports;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Law;
using Registry.Formats.Features;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Imports;

/// <summary>
/// Takes files in: reads the whole of one, so that what is cut short registers nothing, keeps what is to be registered, and accepts it.
/// From then on the import is the registry's own, whatever becomes of this process.
/// </summary>
/// <param name="kept">Keeps imports.</param>
/// <param name="actors">Know the parties.</param>
/// <param name="regime">The law.</param>
/// <param name="clock">The registry's clock.</param>
internal sealed class ImportIntake(IKeptImports kept, IActors actors, Regime regime, TimeProvider clock)
{
    // A small file can name much ground.
    private const long MostContent = 256 * 1024 * 1024;

    // So many are a file of another kind, or one made to cost time: a row of a byte or two is refused in as much time as a title is read.
    private const int MostRefused = 10_000;

    // What can be registered has as many bytes, zipped too; a file of less has rows that only cost time.
    private const int LeastBytesOfFeature = 16;
    private const int FeaturesOfSmallFile = 1_000;

    // A table of a hundred columns gives its own bytes ten times over; what gives more is made to cost time.
    private const int PropertyBytesOfByte = 16;
    private const long PropertyBytesOfSmallFile = 16_000_000;

    // Coordinates in a KMZ are five times as long.
    private const int GeometryBytesOfByte = 6;
    private const long GeometryBytesOfSmallFile = 1_000_000;

    /// <summary>Takes a file in.</summary>
    /// <param name="keys">The import's idempotency keys.</param>
    /// <param name="order">What is asked.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">The sender is gone.</param>
    /// <returns>The import of the key, which may be an earlier one, and whether it is; or why the file is not taken.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    /// <exception cref="ActorUnavailableException">An actor did not answer.</exception>
    public async Task<(KeptImport? Import, bool IsEarlier, Problem? Problem)> Take(
        ImportKeys keys, ImportOrder order, Caller caller, UploadedFile file, CancellationToken cancellation)
    {
        var content = Guid.NewGuid().ToString("N");
        var reading = new FeatureReading(order, keys, caller, actors, regime);
        var unreadable = default(Refusal);
        using var parts = new ImportParts();
        var (count, bytes, refused) = (0, 0L, 0);
        await foreach (var feature in order.Format.Source(order.Encoding, order.System).Read(file.FromStart(), LimitsOf(file), cancellation))
        {
            if (feature.IsEndOfReading)
            {
                unreadable = Unreadable(order, feature);
                break;
            }

            var item = await reading.Read(feature);
            if (item.Refusal is { } refusal && ++refused > MostRefused)
            {
                unreadable = Unreadable(order, TooManyRefused(feature, refusal));
                break;
            }

            await Keep(parts.Add(item));
            if (bytes > MostContent)
                return (null, false, new Problem(ProblemType.TooLarge, "The features of the file name too much ground to be taken at once; import it in parts."));
        }

        await Keep(parts.Rest());
        var now = clock.GetUtcNow();
        var asked = new AcceptedImport(
            order.Collection, order.Mode, order.Format.Name, caller, now, unreadable is null ? parts.Count : 0, [.. reading.Unread], unreadable);
        var import = await kept.Accept(new NewImport(keys.JobId, keys.Fingerprint, content, asked.ToBytes(), now));
        return (import, import.Content != content, null);

        async ValueTask Keep(byte[]? part)
        {
            if (part is null)
                return;
            await kept.KeepPart(content, count++, part, clock.GetUtcNow());
            bytes += part.Length;
        }
    }

    private static SourceLimits LimitsOf(UploadedFile file)
    {
        var limits = SourceLimits.Default;
        return limits with
        {
            Features = (int)Math.Min(limits.Features, FeaturesOfSmallFile + (file.Length / LeastBytesOfFeature)),
            PropertyBytesOfFile = PropertyBytesOfSmallFile + (PropertyBytesOfByte * file.Length),
            GeometryBytesOfFile = GeometryBytesOfSmallFile + (GeometryBytesOfByte * file.Length),
        };
    }

    private static SourceFeature TooManyRefused(SourceFeature last, Refusal refusal) => SourceFeature.Unreadable(last.Index, string.Create(
        CultureInfo.InvariantCulture, $"More than {MostRefused:#,0} features cannot be registered, the last of them for this reason: {refusal.Detail}"));

    private static Refusal Unreadable(ImportOrder order, SourceFeature end)
    {
        var detail = end.Index == 0
            ? $"The file cannot be read as {order.Format.Name}: {end.Faults[0].Detail}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The file cannot be read as {order.Format.Name} beyond its first {(end.Index == 1 ? "feature" : $"{end.Index} features")}: {end.Faults[0].Detail}");
        return new Refusal(RefusalKind.Malformed, $"{detail} Nothing was registered.")
        {
            Faults = [.. end.Faults.Select(fault => new FieldFault(fault.Pointer, fault.Detail))],
        };
    }
}
