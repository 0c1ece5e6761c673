using Registry.Gateway.Answers;

namespace Registry.Gateway.Cells;

/// <summary>The addresses under <c>/cells</c>.</summary>
internal static class CellRoutes
{
    public static void MapCells(this IEndpointRouteBuilder routes)
    {
        var cells = routes.MapGroup("/cells").WithTags("Cells");
        cells.MapRead("at", static (HttpContext context, CellLookup lookup) => lookup.At(context)).WithSummary("The cell at a point");
        cells.MapRead("free", static (HttpContext context, FreeGround free) => free.Answer(context)).WithSummary("Free cells in a rectangle");
        cells.MapPost("check", static (HttpContext context, CellCheck check) => check.Answer(context)).WithSummary("Which of some cells could be applied for");
        cells.MapRead("{code}", static (string code, HttpContext context, CellLookup lookup) => lookup.ByCode(code, context)).WithSummary("A cell by its code");
    }
}
