using Microsoft.Extensions.Logging;
using Registry.Actors.Ground;
using Registry.Actors.Imports;
using Registry.Actors.Journal;
using Registry.Actors.Titles;
using Registry.Core.Ground;

namespace Registry.Actors.Hosting;

/// <summary>Makes activations.</summary>
/// <param name="ports">The world that they see.</param>
/// <param name="loggers">Where they tell faults of ours.</param>
public sealed class ActorFactory(ActorPorts ports, ILoggerFactory loggers)
{
    private readonly ILogger<Sheet> _sheetLog = loggers.CreateLogger<Sheet>();
    private readonly ILogger<Import> _importLog = loggers.CreateLogger<Import>();

    /// <summary>A new activation of a sheet, not activated yet.</summary>
    public Sheet NewSheet(SheetId sheet) => new(sheet, ports.Regime, ports.Journal, ports.Clock, ports.PastSheets, _sheetLog);

    /// <summary>A new activation of the actor of an import.</summary>
    public Import NewImport(string id) => new(id, ports, _importLog);

    /// <summary>A new activation of the actor of an object.</summary>
    public object NewObject(StreamId stream) => stream.Collection switch
    {
        Collection.LicenseBlocks => new LicenseBlock(stream.Id, ports),
        Collection.Deposits => new Deposit(stream.Id, ports),
        Collection.Areas => new Area(stream.Id, ports),
        Collection.Parties => new Party(stream.Id, ports),
        _ => throw new ArgumentOutOfRangeException(nameof(stream), stream, "Not an object of the registry."),
    };
}
