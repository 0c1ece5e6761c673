using System.Security.Cryptography;
using System.Text;

namespace Registry.Gateway.Collections;

/// <summary>Keeps the key of <see cref="PageTokens"/> in the data directory, so that a link to a next page survives a restart.</summary>
public static class PageKeyFile
{
    private const int KeyBytes = 32;
    private const string FileName = "page.key";

    /// <summary>The key of a data directory, made at the first call.</summary>
    /// <param name="directory">The directory; it is made where it is missing.</param>
    /// <exception cref="IOException">The key can be neither read nor written.</exception>
    /// <exception cref="InvalidDataException">The file is there and holds no key.</exception>
    public static byte[] LoadOrCreate(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            Create(path);
        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes ? key : throw new InvalidDataException($"{path} holds no key of {KeyBytes} bytes; delete it to make a new one.");
    }

    /// <summary>The key of all gateways of a cluster, derived from the secret that they share: the way into their database.</summary>
    public static byte[] Shared(string connectionString) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(connectionString), "the registry's page tokens"u8);

    private static void Create(string path)
    {
        // Whole or not at all: a second process that starts at once reads either nothing or the first one's key.
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
