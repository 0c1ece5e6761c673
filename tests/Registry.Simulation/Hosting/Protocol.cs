using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors;
using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core.Ground;

namespace Registry.Simulation.Hosting;

/// <summary>The protocol as it is. What derives from it plants a fault, to show that the simulation finds it.</summary>
internal class Protocol
{
    /// <summary>The storage below everything: its calls end at once.</summary>
    public virtual IJournal Storage(IJournal storage) => storage;

    /// <summary>The journal as actors see it.</summary>
    public virtual IJournal Journal(IJournal journal) => journal;

    /// <summary>A new activation of a sheet: the actor, and what its messages reach, which is the actor itself or stands before it.</summary>
    public virtual (Sheet Actor, ISheet Reached) NewSheet(ActorPorts ports, SheetId sheet)
    {
        var actor = new ActorFactory(ports, NullLoggerFactory.Instance).NewSheet(sheet);
        return (actor, actor);
    }

    /// <summary>A new activation of the actor of an object.</summary>
    public virtual object NewObject(ActorPorts ports, StreamId stream) =>
        new ActorFactory(ports, NullLoggerFactory.Instance).NewObject(stream);

    /// <summary>A new activation of the actor of an import.</summary>
    public virtual object NewImport(ActorPorts ports, string id) => new ActorFactory(ports, NullLoggerFactory.Instance).NewImport(id);
}
