using Registry.Actors.Contracts;
using Registry.Core.Ground;

namespace Registry.Grains;

/// <summary>The grain of one sheet, by <see cref="SheetId.Number"/>. It interleaves at awaits, as its actor does.</summary>
public interface ISheetGrain : ISheet, IGrainWithIntegerKey;
