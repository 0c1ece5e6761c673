using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Registry.Log.Files;

/// <summary>Small files that are wholly the old or wholly the new ones after a crash, for nobody but the user of this process.</summary>
public static class DurableFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Temporary = ".new";

    /// <summary>Writes a file in the place of another or of none. When it returns, the new one is on the disk.</summary>
    /// <exception cref="IOException">It could not be written; the old one is there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = path + Temporary;
        Write(temporary, FileMode.Create, bytes);
        File.Move(temporary, path, overwrite: true);
        FlushDirectory(path);
    }

    /// <summary>Writes a file where there is none. When it returns, it is on the disk.</summary>
    /// <exception cref="IOException">There is one, or it could not be written.</exception>
    public static void Create(string path, ReadOnlySpan<byte> bytes)
    {
        Write(path, FileMode.CreateNew, bytes);
        FlushDirectory(path);
    }

    /// <summary>Reads a file of at most so many bytes.</summary>
    /// <exception cref="FormatException">It has more.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Read(string path, int most)
    {
        using var file = File.OpenRead(path);
        if (file.Length > most)
            throw new FormatException($"{path} has {file.Length} bytes; at most {most} are read.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Holds a lock for as long as the result is not disposed, so that no second process uses the same state.</summary>
    /// <param name="path">The file of the lock. It stays there when the lock is given up.</param>
    /// <exception cref="IOException">Another process holds it, or the file cannot be made.</exception>
    public static IDisposable Lock(string path) => Open(path, FileMode.OpenOrCreate);

    private static void Write(string path, FileMode mode, ReadOnlySpan<byte> bytes)
    {
        using var file = Open(path, mode);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Private;
        return new FileStream(path, options);
    }

    // A renamed file has its new name on the disk only when its directory is there. .NET opens no directories.
    private static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        var handle = OpenDirectory(directory, 0);
        if (handle < 0)
            throw new IOException($"The directory {directory} cannot be opened to be flushed.", new Win32Exception());
        try
        {
            if (Flush(handle) != 0)
                throw new IOException($"The directory {directory} cannot be flushed.", new Win32Exception());
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenDirectory([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
