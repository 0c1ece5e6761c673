using System.Text;

namespace Registry.Log.Notes;

/// <summary>A text with signatures below it (c2sp.org/signed-note). Nothing is verified by reading it.</summary>
/// <param name="Text">The text with its last newline, as it was signed.</param>
/// <param name="Signatures">The signatures in their order, also those of keys that nobody here knows.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>The most bytes of a note that are read: room for 32 signatures by ML-DSA-44 and their text.</summary>
    public const int MostBytes = 128 * 1024;

    /// <summary>The most signatures of a note that are read.</summary>
    public const int MostSignatures = 32;

    /// <summary>Reads a note.</summary>
    /// <exception cref="FormatException">The bytes are no note, or exceed a bound.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes) => Parse(StrictText.Decode(bytes, MostBytes, "the note"));

    /// <summary>The whole note.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
            note.Append(signature).Append('\n');
        return note.ToString();
    }

    /// <summary>The whole note in UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The note with further signatures. One of the same name and key id takes the place of the one that is there.</summary>
    /// <exception cref="ArgumentException">There would be more than <see cref="MostSignatures"/>.</exception>
    public SignedNote With(IEnumerable<NoteSignature> signatures)
    {
        List<NoteSignature> all = [.. Signatures];
        foreach (var signature in signatures)
        {
            var same = all.FindIndex(known => (known.Name, known.KeyId) == (signature.Name, signature.KeyId));
            if (same < 0)
                all.Add(signature);
            else
                all[same] = signature;
        }

        return all.Count <= MostSignatures
            ? this with { Signatures = all }
            : throw new ArgumentException($"A note has at most {MostSignatures} signatures.", nameof(signatures));
    }

    /// <summary>Reads signature lines alone, each with its newline, as a witness answers.</summary>
    /// <exception cref="FormatException">There are other lines, none, or too many.</exception>
    internal static NoteSignature[] ParseSignatures(string lines)
    {
        if (lines.Length == 0 || lines[^1] != '\n')
            throw new FormatException("The note's signatures are missing, or their end is.");
        var split = lines[..^1].Split('\n', MostSignatures + 1);
        if (split.Length > MostSignatures)
            throw new FormatException($"The note has more than {MostSignatures} signatures.");
        return [.. split.Select(NoteSignature.Parse)];
    }

    private static SignedNote Parse(string text)
    {
        var blank = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0)
            throw new FormatException("The note has no empty line between its text and its signatures.");
        return new SignedNote(text[..(blank + 1)], ParseSignatures(text[(blank + 2)..]));
    }
}
