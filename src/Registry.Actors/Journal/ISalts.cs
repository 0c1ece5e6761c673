namespace Registry.Actors.Journal;

/// <summary>Where the salts of entries come from. Nobody can guess one, or who guesses a name could prove it by its hash.</summary>
public interface ISalts
{
    /// <summary>The bytes of a salt.</summary>
    const int Length = 32;

    /// <summary>Fills a salt.</summary>
    /// <param name="salt"><see cref="Length"/> bytes.</param>
    void Fill(Span<byte> salt);
}
