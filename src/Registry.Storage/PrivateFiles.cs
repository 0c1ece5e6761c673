using System.Runtime.Versioning;

namespace Registry.Storage;

/// <summary>
/// Files that are for nobody but the user of this process: 0600, in directories of 0700. Whatever was made wider before, by an older release
/// or another program, is made so at the next start. On Windows, files are as their directory says.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode OfFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfDirectory = OfFile | UnixFileMode.UserExecute;

    /// <summary>Makes a directory, or takes one that is there from everybody else.</summary>
    /// <exception cref="IOException">It can be neither made nor used.</exception>
    public static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OfDirectory);
        // Not one that is everybody's by its nature, as /tmp is.
        if (!File.GetUnixFileMode(path).HasFlag(UnixFileMode.StickyBit))
            Narrow(path, OfDirectory);
    }

    /// <summary>Makes a file and opens it to be written.</summary>
    /// <exception cref="IOException">It cannot be made, or is there and <paramref name="mode"/> does not take that.</exception>
    public static FileStream Create(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OfFile;
        return new FileStream(path, options);
    }

    /// <summary>Takes a file from everybody else; where there is none, nothing happens.</summary>
    public static void Tighten(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path))
            Narrow(path, OfFile);
    }

    [UnsupportedOSPlatform("windows")]
    private static void Narrow(string path, UnixFileMode mode)
    {
        var before = File.GetUnixFileMode(path);
        if ((before & mode) == before)
            return;
        try
        {
            File.SetUnixFileMode(path, before & mode);
        }
        catch (UnauthorizedAccessException)
        {
            // Another's, as the root of a volume may be: what is made in it is narrow by itself.
        }
    }
}
