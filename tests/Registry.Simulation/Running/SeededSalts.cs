using Registry.Actors.Journal;

namespace Registry.Simulation.Running;

/// <summary>Salts that follow from the seed, and take nothing from the choices of the run.</summary>
internal sealed class SeededSalts(long seed) : ISalts
{
    private readonly Choices _choices = new(~seed);

    /// <inheritdoc/>
    public void Fill(Span<byte> salt)
    {
        foreach (ref var one in salt)
            one = (byte)_choices.Below(256);
    }
}
