using System.Collections.Concurrent;
using Registry.Actors.Hosting;
using Registry.Core.Ground;

namespace Registry.Grains;

/// <summary>
/// The activations of this silo that may be asked without a message, by who is in the same process. A question then costs what it costs
/// to answer it; every write is a message to the grain.
/// </summary>
/// <remarks>
/// An activation is here from when it can answer until it begins to go, before there can be a next one elsewhere. So whoever finds it
/// here asks the only one there is, as at a moment within his question.
/// </remarks>
public sealed class LocalActors
{
    private readonly ConcurrentDictionary<SheetId, SheetActivation> _sheets = new();
    private readonly ConcurrentDictionary<string, LicenseBlockGrain> _licenseBlocks = new(StringComparer.Ordinal);

    /// <summary>The activation of a sheet; null where this silo has none that answers.</summary>
    public SheetActivation? Sheet(SheetId sheet) => _sheets.TryGetValue(sheet, out var here) && !here.IsRetired ? here : null;

    /// <summary>The activation of a license block; null where this silo has none.</summary>
    public LicenseBlockGrain? LicenseBlock(string id) => _licenseBlocks.GetValueOrDefault(id);

    /// <summary>The activations of sheets that are here.</summary>
    public IEnumerable<SheetActivation> Sheets => _sheets.Values.Where(sheet => !sheet.IsRetired);

    /// <summary>How many license blocks are here.</summary>
    public int LicenseBlocks => _licenseBlocks.Count;

    internal void Add(SheetId sheet, SheetActivation activation) => _sheets[sheet] = activation;

    internal void Add(string id, LicenseBlockGrain activation) => _licenseBlocks[id] = activation;

    internal void Remove(SheetId sheet, SheetActivation activation) => _sheets.TryRemove(KeyValuePair.Create(sheet, activation));

    internal void Remove(string id, LicenseBlockGrain activation) => _licenseBlocks.TryRemove(KeyValuePair.Create(id, activation));
}
