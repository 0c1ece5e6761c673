namespace Registry.Core.Ground.Codes;

/// <summary>The letter of a row of 1:1,000,000 sheets, as people type it.</summary>
internal static class SheetLetters
{
    // Typed on a Cyrillic keyboard for the Latin letter of the same shape.
    private const string LookAlikes = "АВЕКМОРСТ";
    private const string LookedAt = "ABEKMOPCT";

    /// <summary>Reads the letter of a row north of the equator.</summary>
    /// <param name="letter">Latin A to V, or a Cyrillic letter of the shape of one; either case.</param>
    /// <param name="row">Rows of 4 degrees north of the equator, from 0.</param>
    /// <param name="error">Why it names no row; null when it does.</param>
    /// <remarks>
    /// Cyrillic letters are read by their shape and never by their sound, so that one letter has one reading. Н has the shape of H and
    /// the sound of N, and mistaking one for the other moves the ground by 24 degrees: it is refused. So is Л, which has no shape of
    /// a Latin letter.
    /// </remarks>
    public static bool TryReadNorthernRow(char letter, out int row, out string? error)
    {
        var upper = char.ToUpperInvariant(letter);
        var lookAlike = LookAlikes.IndexOf(upper, StringComparison.Ordinal);
        var latin = lookAlike < 0 ? upper : LookedAt[lookAlike];
        row = latin - 'A';
        error = latin switch
        {
            >= 'A' and <= 'V' => null,
            'Н' => "The sheet letter Н is Cyrillic and may mean H (by its shape) or N (by its sound); write the Latin letter.",
            'Л' => "The sheet letter Л is Cyrillic and has the shape of no Latin letter; if L is meant, write L.",
            _ => $"There is no row {upper} of sheets: rows run from A to V, in Latin letters.",
        };
        return error is null;
    }
}
