using System.Globalization;
using System.Text;

namespace Registry.Benchmarks;

/// <summary>Lua scripts for wrk that send prepared requests in turn.</summary>
internal static class RequestScript
{
    /// <summary>Asks prepared addresses in turn, from the first again after the last.</summary>
    /// <param name="directory">Where the script goes.</param>
    /// <param name="paths">The paths and queries.</param>
    /// <param name="encoding">The <c>Accept-Encoding</c> of each request; none where it is empty.</param>
    public static string Get(string directory, IEnumerable<string> paths, string encoding = "") =>
        Write(directory, paths, (encoding.Length == 0 ? "" : $"wrk.headers[\"Accept-Encoding\"] = \"{encoding}\"\n") + """
            request = function()
              i = i % #lines + 1
              return wrk.format("GET", lines[i])
            end
            """);

    /// <summary>Posts prepared JSON bodies to one address in turn, from the first again after the last.</summary>
    public static string Post(string directory, string path, string key, IEnumerable<string> bodies) =>
        Write(directory, bodies, string.Create(CultureInfo.InvariantCulture, $$"""
            local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer {{key}}" }
            request = function()
              i = i % #lines + 1
              return wrk.format("POST", "{{path}}", headers, lines[i])
            end
            """));

    private static string Write(string directory, IEnumerable<string> lines, string request)
    {
        var name = Path.Combine(directory, Path.GetRandomFileName());
        File.WriteAllLines(name + ".txt", lines);
        var script = new StringBuilder()
            .AppendLine("lines = {}")
            .AppendLine("i = 0")
            .Append("for line in io.lines(\"").Append(name).AppendLine(".txt\") do lines[#lines + 1] = line end")
            .AppendLine(request);
        File.WriteAllText(name + ".lua", script.ToString());
        return name + ".lua";
    }
}
