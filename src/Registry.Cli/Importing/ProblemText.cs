using System.Text.Json;
using Registry.Cli.Commands;

namespace Registry.Cli.Importing;

/// <summary>A problem of the registry (RFC 9457), on one line for a person.</summary>
internal static class ProblemText
{
    /// <summary>The media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    private const int MostListed = 5;
    private const string KeyReused = "idempotency-key-reused";

    /// <summary>Reads a problem.</summary>
    /// <returns>Its slug, the rules broken, the conflicts or members at fault, else its detail; null when the text is no problem.</returns>
    public static string? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var problem = document.RootElement;
            if (problem.ValueKind != JsonValueKind.Object)
                return null;
            var slug = Text(problem, "type").Split('/')[^1];
            if (slug == KeyReused)
                return "the record was imported before and said something else; an import does not amend what is there, a PATCH does";
            var specifics = List(problem, "rules", rule => $"{Text(rule, "rule")}: {Text(rule, "detail")}")
                ?? List(problem, "conflicts", Conflict)
                ?? List(problem, "errors", Fault)
                ?? Text(problem, "detail");
            return PlainText.Of($"{slug}: {specifics}");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Conflict(JsonElement conflict) =>
        $"{Text(conflict, "cell")} is {Text(conflict, "licenseBlock")}'s ({Text(conflict, "status")})";

    private static string Fault(JsonElement error) =>
        Text(error, "pointer") is { Length: > 0 } pointer ? $"{pointer}: {Text(error, "detail")}" : Text(error, "detail");

    private static string? List(JsonElement problem, string name, Func<JsonElement, string> text)
    {
        if (!problem.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            return null;
        var more = list.GetArrayLength() - MostListed;
        var shown = string.Join("; ", list.EnumerateArray().Take(MostListed).Select(text));
        return more > 0 ? $"{shown}; and {more} more" : shown;
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
