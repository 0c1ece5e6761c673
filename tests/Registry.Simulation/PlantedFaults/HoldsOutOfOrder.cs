using Registry.Actors;
using Registry.Actors.Journal;
using Registry.Actors.Titles;
using Registry.Core.Titles;
using Registry.Simulation.Hosting;

namespace Registry.Simulation.PlantedFaults;

/// <summary>Some license blocks ask the sheets of their ground in the other order, and so two may wait for each other.</summary>
internal sealed class HoldsOutOfOrder : Protocol
{
    /// <inheritdoc/>
    public override object NewObject(ActorPorts ports, StreamId stream) =>
        stream.Collection == Collection.LicenseBlocks && stream.Id[^1] % 2 == 0
            ? new FromTheNorthEast(stream.Id, ports)
            : base.NewObject(ports, stream);

    private sealed class FromTheNorthEast(string id, ActorPorts ports) : LicenseBlock(id, ports)
    {
        protected override WriteGround GroundOf(LicenseBlockState? state, LicenseBlockCommand command)
        {
            var ground = base.GroundOf(state, command);
            return ground with { Sheets = [.. ground.Sheets.Reverse()] };
        }
    }
}
