using Registry.Gateway.Answers;

namespace Registry.Gateway.Problems;

/// <summary>The addresses that problem types name, so that who follows one learns what it means.</summary>
internal static class ProblemRoutes
{
    public static void MapProblems(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/problems", () => new Explanations(ProblemType.All)).WithSummary("Every type of problem, explained");
        routes.MapRead("/problems/{slug}", (string slug) =>
            ProblemType.All.FirstOrDefault(type => type.Slug == slug) is { } type
                ? (IResult)new Explanation(type)
                : new Problem(ProblemType.NotFound, $"There is no type of problem '{slug}'."))
            .WithSummary("What a type of problem means");
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, ProblemType type, HttpRequest request)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, Links.Location(request, $"/problems/{type.Slug}"));
        json.WriteString("title"u8, type.Title);
        json.WriteNumber("status"u8, type.Status);
        json.WriteString("explanation"u8, type.Explanation);
        json.WriteEndObject();
    }

    private sealed record Explanation(ProblemType Type) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            JsonAnswer.Write(httpContext, StatusCodes.Status200OK, JsonAnswer.Json, Type, httpContext.Request, static (json, type, request) => Write(json, type, request));
    }

    private sealed record Explanations(IReadOnlyList<ProblemType> Types) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            JsonAnswer.Write(httpContext, StatusCodes.Status200OK, JsonAnswer.Json, Types, httpContext.Request, static (json, types, request) =>
            {
                json.WriteStartObject();
                json.WriteStartArray("problems"u8);
                foreach (var type in types)
                    Write(json, type, request);
                json.WriteEndArray();
                json.WriteEndObject();
            });
    }
}
