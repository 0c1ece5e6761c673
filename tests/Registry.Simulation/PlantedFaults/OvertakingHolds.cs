using Registry.Actors;
using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Core.Ground;
using Registry.Simulation.Hosting;

namespace Registry.Simulation.PlantedFaults;

/// <summary>A sheet lets every third hold wait a while before it takes its place in line, and later ones overtake it.</summary>
internal sealed class OvertakingHolds : Protocol
{
    /// <inheritdoc/>
    public override (Sheet Actor, ISheet Reached) NewSheet(ActorPorts ports, SheetId sheet)
    {
        var (actor, _) = base.NewSheet(ports, sheet);
        return (actor, new Hesitant(actor, ports.Clock));
    }

    private sealed class Hesitant(ISheet sheet, TimeProvider clock) : SheetInFront(sheet)
    {
        private int _holds;

        public override async Task<HoldAnswer> Hold(HoldRequest request)
        {
            if (++_holds % 3 == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(50), clock);
            return await base.Hold(request);
        }
    }
}
