using System.Security.Cryptography;
using Registry.Storage;

namespace Registry.Gateway.Collections.Paging;

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
        PrivateFiles.MakeDirectory(directory);
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            Create(path);
        PrivateFiles.Tighten(path);
        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes ? key : throw new InvalidDataException($"{path} holds no key of {KeyBytes} bytes; delete it to make a new one.");
    }

    private static void Create(string path)
    {
        // Whole or not at all: a second process that starts at once reads either nothing or the first one's key.
        var draft = $"{path}.{Environment.ProcessId}";
        using (var file = PrivateFiles.Create(draft, FileMode.Create))
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
