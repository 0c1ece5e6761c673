using System.Collections.Concurrent;
using Registry.Actors.Contracts;
using Registry.Core.Ground;

namespace Registry.Gateway.Tiles;

/// <summary>Asks sheets for their versions, once for all who ask at the same time.</summary>
/// <remarks>
/// Who asks gets an answer to a question that was put after it asked, never an older one; so a cached tile is given only while it is
/// what the sheet would give. A sheet in this process answers at once. While a question to another process is under way, all who come
/// wait for the next one together: under load a sheet is asked once for many tiles.
/// </remarks>
/// <param name="actors">How to reach the sheets.</param>
public sealed class SheetVersions(IActors actors)
{
    private readonly ConcurrentDictionary<SheetId, Asking> _askings = new();

    /// <summary>The version of a sheet, of now or later.</summary>
    /// <exception cref="ActorUnavailableException">The sheet did not answer.</exception>
    public Task<SheetVersion> Of(SheetId sheet) =>
        _askings.GetOrAdd(sheet, static (sheet, actors) => new Asking(actors.Sheet(sheet)), actors).Ask();

    private sealed class Asking(ISheet sheet)
    {
        private readonly Lock _turn = new();
        private Task<SheetVersion>? _asked;
        private Task<SheetVersion>? _next;

        public Task<SheetVersion> Ask()
        {
            lock (_turn)
            {
                if (_next is { } next)
                    return next;
                return _asked is { IsCompleted: false } asked ? _next = AskAfter(asked) : _asked = sheet.Version();
            }
        }

        private async Task<SheetVersion> AskAfter(Task before)
        {
            // Yields even when it has ended by now, so that nothing below runs before _next is set. Its fault is told to those who wait for it.
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            Task<SheetVersion> asked;
            lock (_turn)
            {
                _next = null;
                _asked = asked = sheet.Version();
            }

            return await asked;
        }
    }
}
