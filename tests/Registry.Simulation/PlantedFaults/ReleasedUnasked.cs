using Registry.Actors;
using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Core.Ground;
using Registry.Simulation.Hosting;

namespace Registry.Simulation.PlantedFaults;

/// <summary>
/// A sheet drops the hold of a writer that vanished, or that does not know what became of its write, without a new epoch and
/// without asking the journal.
/// </summary>
internal sealed class ReleasedUnasked : Protocol
{
    /// <inheritdoc/>
    public override (Sheet Actor, ISheet Reached) NewSheet(ActorPorts ports, SheetId sheet)
    {
        var (actor, _) = base.NewSheet(ports, sheet);
        return (actor, new Careless(actor, ports.Clock));
    }

    private sealed class Careless(ISheet sheet, TimeProvider clock) : SheetInFront(sheet)
    {
        public override async Task<HoldAnswer> Hold(HoldRequest request)
        {
            var answer = await base.Hold(request);
            if (answer.IsHeld)
                _ = DropLater(new Settlement(request.Id, request.Stream, null));
            return answer;
        }

        public override Task Settle(Settlement settlement) => base.Settle(settlement with { IsKnown = true });

        // Before the sheet itself would ask.
        private async Task DropLater(Settlement nothing)
        {
            await Task.Delay(Sheet.HoldLimit / 2, clock);
            await base.Settle(nothing);
        }
    }
}
