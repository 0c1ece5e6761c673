using System.Text.RegularExpressions;

namespace Registry.House.Tests;

/// <summary>
/// The rooms of a project, which are its namespaces, and which of them each one names. A room names another one by a using directive, which
/// the build keeps only where it is needed, by a part of its name, or, if it lies inside the other, by one of that room's types.
/// </summary>
internal sealed partial class Rooms
{
    private readonly Dictionary<string, HashSet<string>> _named = new(StringComparer.Ordinal);

    private Rooms()
    {
    }

    /// <summary>Reads the rooms of a project.</summary>
    /// <param name="project">Its name, such as <c>Registry.Gateway</c>.</param>
    public static Rooms Of(string project)
    {
        var files = Checkout.Files($"src/{project}", ".cs").Select(path => CodeFile.Read(Checkout.Text(path))).OfType<CodeFile>().ToArray();
        var types = files.ToLookup(file => file.Room, file => file.Types).ToDictionary(
            room => room.Key, room => room.SelectMany(each => each).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var rooms = new Rooms();
        foreach (var file in files)
        {
            var named = rooms._named.TryGetValue(file.Room, out var known) ? known : rooms._named[file.Room] = new(StringComparer.Ordinal);
            named.UnionWith(types.Keys.Where(other => other != file.Room && IsNamed(project, file, other, types[other])));
        }

        return rooms;
    }

    /// <summary>The rooms that name one another in a ring, and those that stand between two rings, each with the rooms that it names.</summary>
    public string[] Rings()
    {
        var left = _named.ToDictionary(room => room.Key, room => room.Value.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        while (left.Where(room => room.Value.Count == 0 || !left.Values.Any(named => named.Contains(room.Key))).Select(room => room.Key).ToArray()
            is { Length: > 0 } outside)
        {
            foreach (var room in outside)
                left.Remove(room);
            foreach (var named in left.Values)
                named.ExceptWith(outside);
        }

        return [.. left.Select(room => $"{room.Key} -> {string.Join(", ", room.Value.Order())}").Order()];
    }

    private static bool IsNamed(string project, CodeFile file, string other, HashSet<string> types)
    {
        if (file.Usings.Any(space => space == other || (space.StartsWith(other + ".", StringComparison.Ordinal) && types.Contains(space[(other.Length + 1)..]))))
            return true;
        if (file.Room.StartsWith(other + ".", StringComparison.Ordinal) && file.Words.Overlaps(types))
            return true;
        if (other.Length == project.Length)
            return false;
        var prefix = other[(project.Length + 1)..] + ".";
        return file.Paths.Any(path => path.StartsWith(prefix, StringComparison.Ordinal) && types.Contains(path[prefix.Length..].Split('.')[0]));
    }

    // What of a file's text tells which rooms it names.
    private sealed record CodeFile(string Room, string[] Usings, string[] Types, HashSet<string> Words, string[] Paths)
    {
        public static CodeFile? Read(string text)
        {
            if (Space().Match(text) is not { Success: true } space)
                return null;
            var code = Ignored().Replace(text, " ");
            return new CodeFile(
                space.Groups[1].Value,
                [.. Using().Matches(text).Select(match => match.Groups[1].Value)],
                [.. Type().Matches(code).Select(match => match.Groups[1].Value)],
                [.. Word().Matches(code).Select(match => match.Value)],
                [.. Path().Matches(code).Select(match => match.Value)]);
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Space();

    [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    // Comments, texts, and the lines that say where the code itself stands.
    [GeneratedRegex(@"//.*|""(?:\\.|[^""\\\n])*""|^(?:using|namespace) .*", RegexOptions.Multiline)]
    private static partial Regex Ignored();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum) ([A-Z]\w*)")]
    private static partial Regex Type();

    [GeneratedRegex(@"\b[A-Z]\w*\b")]
    private static partial Regex Word();

    // A name with dots, from its beginning.
    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)+")]
    private static partial Regex Path();
}
