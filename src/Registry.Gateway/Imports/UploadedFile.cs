using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Registry.Gateway.Limits;
using Registry.Gateway.Problems;

using MinDataRate = Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate;

namespace Registry.Gateway.Imports;

/// <summary>
/// The file of an import, on this machine's disk while it is taken in. It has no name there: nobody else opens it, and the system frees it with
/// the process at the latest, however that ends.
/// </summary>
internal sealed class UploadedFile : IAsyncDisposable
{
    /// <summary>The most bytes that a file may have.</summary>
    public const long Most = 64 * 1024 * 1024;

    private const int BufferBytes = 64 * 1024;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(15);

    private readonly FileStream _file;

    private UploadedFile(FileStream file, byte[] digest) => (_file, Digest) = (file, digest);

    /// <summary>The SHA-256 of its bytes.</summary>
    public byte[] Digest { get; }

    /// <summary>How many bytes it has.</summary>
    public long Length => _file.Length;

    /// <summary>The file, at its beginning.</summary>
    public FileStream FromStart()
    {
        _file.Position = 0;
        return _file;
    }

    /// <summary>Takes the body of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="time">How long the file may take to arrive.</param>
    /// <returns>The file, or why there is none.</returns>
    /// <exception cref="BadHttpRequestException">The client broke the protocol or left in the middle.</exception>
    /// <exception cref="IOException">The disk failed or is full.</exception>
    public static async ValueTask<(UploadedFile? File, Problem? Problem)> Take(HttpContext context, TimeSpan time)
    {
        if (context.Request.ContentLength > Most)
            return (null, TooLarge());
        // Of HTTP/2 no rate is measured; there the time alone bounds it.
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = new MinDataRate(ServerLimits.SlowestUpload, s_grace);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(time);
        var file = Nameless();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            int count;
            while ((count = await context.Request.Body.ReadAsync(buffer, late.Token)) > 0)
            {
                if (file.Position + count > Most)
                {
                    await file.DisposeAsync();
                    return (null, TooLarge());
                }

                hash.AppendData(buffer, 0, count);
                await file.WriteAsync(buffer.AsMemory(0, count), late.Token);
            }

            await file.FlushAsync(late.Token);
            return (new UploadedFile(file, hash.GetHashAndReset()), null);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            await file.DisposeAsync();
            return (null, new Problem(ProblemType.TooSlow, string.Create(CultureInfo.InvariantCulture,
                $"The file did not arrive within {time.TotalSeconds:0} seconds.")));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static FileStream Nameless()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"registry-import-{Guid.NewGuid():N}"), options);
        if (!OperatingSystem.IsWindows())
            File.Delete(file.Name);
        return file;
    }

    private static Problem TooLarge() =>
        new(ProblemType.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The file is longer than {Most:#,0} bytes; import it in parts."));
}
