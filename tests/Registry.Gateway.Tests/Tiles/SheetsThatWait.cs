using System.Reflection;
using Registry.Actors.Contracts;

namespace Registry.Gateway.Tests.Tiles;

/// <summary>Sheets whose answers to tile questions wait until the test lets them go.</summary>
public class SheetsThatWait : DispatchProxy
{
    private SheetsThatWait? _world;
    private long _changes;

    /// <summary>The tile questions that wait for an answer.</summary>
    public Queue<TaskCompletionSource> Waiting { get; } = new();

    /// <summary>The version questions that wait; null while they are answered at once.</summary>
    public Queue<TaskCompletionSource>? WaitingForVersions { get; set; }

    /// <summary>How many tile questions came.</summary>
    public int TilesAsked { get; private set; }

    /// <summary>How many version questions came.</summary>
    public int VersionsAsked { get; private set; }

    /// <summary>Something on every sheet changes.</summary>
    public void Change() => _changes++;

    public static (IActors Actors, SheetsThatWait World) Make()
    {
        var actors = Create<IActors, SheetsThatWait>();
        return (actors, (SheetsThatWait)(object)actors);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IActors.Sheet) => Sheet(),
        nameof(ISheet.Tile) => _world!.Tile(),
        nameof(ISheet.Version) => _world!.Version(),
        _ => throw new NotSupportedException(targetMethod.Name),
    };

    private ISheet Sheet()
    {
        var sheet = Create<ISheet, SheetsThatWait>();
        ((SheetsThatWait)(object)sheet)._world = this;
        return sheet;
    }

    private async Task<SheetTile> Tile()
    {
        TilesAsked++;
        var version = new SheetVersion(1, _changes, 0);
        var answer = new TaskCompletionSource();
        Waiting.Enqueue(answer);
        await answer.Task;
        return new SheetTile(version, []);
    }

    private async Task<SheetVersion> Version()
    {
        VersionsAsked++;
        var version = new SheetVersion(1, _changes, 0);
        if (WaitingForVersions is { } waiting)
        {
            var answer = new TaskCompletionSource();
            waiting.Enqueue(answer);
            await answer.Task;
        }

        return version;
    }
}
