namespace Registry.Deployment.Tests.Tools;

/// <summary>The files of this repository, as they are checked out.</summary>
internal static class Repository
{
    /// <summary>The top directory: the nearest one above the tests that has the solution in it.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The absolute path of a file.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>The text of a file.</summary>
    public static string Read(params ReadOnlySpan<string> parts) => File.ReadAllText(PathOf(parts));

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Registry.sln")))
                return directory.FullName;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
