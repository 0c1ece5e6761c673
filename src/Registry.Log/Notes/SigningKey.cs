using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Registry.Log.Notes;

/// <summary>The private key of a log or a witness: <c>PRIVATE+KEY+name+id+base64</c>, as Go's sumdb/note writes it.</summary>
public sealed class SigningKey
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly byte[] _seed;

    private SigningKey(string name, SignatureKind kind, byte[] seed)
    {
        _seed = seed;
        Verifier = new VerifierKey(name, kind, Algorithm.PublicKeyOf(kind, seed));
    }

    /// <summary>The public key.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>A fresh key.</summary>
    /// <param name="name">The log's origin, or the witness's name.</param>
    /// <param name="kind">What it signs.</param>
    /// <exception cref="ArgumentException">The name is none (<see cref="KeyName.IsValid"/>).</exception>
    public static SigningKey Generate(string name, SignatureKind kind) => KeyName.IsValid(name)
        ? new SigningKey(name, kind, RandomNumberGenerator.GetBytes(Algorithm.SeedBytes))
        : throw new ArgumentException("The name of a key has 1 to 255 bytes and neither spaces nor '+'.", nameof(name));

    /// <summary>Reads a private key.</summary>
    /// <param name="text">One line; a newline at its end may be there, as in a file.</param>
    /// <exception cref="FormatException">It is no private key. The message never quotes it.</exception>
    public static SigningKey Parse(string text)
    {
        var line = text.EndsWith('\n') ? text[..^1] : text;
        var parts = line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..].Split('+', 3) : [];
        if (parts.Length != 3 || !KeyName.IsValid(parts[0]) || !StrictText.TryBase64(parts[2], out var key)
            || key.Length != 1 + Algorithm.SeedBytes || !Enum.IsDefined((SignatureKind)key[0]))
            throw new FormatException($"A private key is one line that begins with {Prefix}, as 'registry log key' writes it; this is none.");
        var read = new SigningKey(parts[0], (SignatureKind)key[0], key[1..]);
        return parts[1] == read.Verifier.Id.ToString("x8", CultureInfo.InvariantCulture)
            ? read
            : throw new FormatException($"The private key of {parts[0]} does not have the id that it says: a letter of it was changed.");
    }

    /// <summary>The private key as <see cref="Parse"/> reads it, without a newline. Whoever has it can sign in this name.</summary>
    public string Export() => string.Create(CultureInfo.InvariantCulture,
        $"{Prefix}{Verifier.Name}+{Verifier.Id:x8}+{Convert.ToBase64String([(byte)Verifier.Kind, .. _seed])}");

    /// <summary>Names the public key; the private one is never printed by accident.</summary>
    public override string ToString() => Verifier.ToString();

    /// <summary>Signs a note's text.</summary>
    /// <param name="text">The text with its last newline. For the kinds of cosignatures it is a checkpoint.</param>
    /// <param name="now">The time that a cosignature says, in whole seconds; a log's own signature says none.</param>
    /// <exception cref="ArgumentException">The text is not of the kind that the key signs.</exception>
    public NoteSignature Sign(string text, DateTimeOffset now)
    {
        DateTimeOffset? at = Verifier.Kind == SignatureKind.Ed25519 ? null : now;
        var message = SignedMessage.Of(Verifier, text, at) ?? throw new ArgumentException("The text is no checkpoint.", nameof(text));
        var signature = Algorithm.Sign(Verifier.Kind, _seed, message);
        if (at is null)
            return new NoteSignature(Verifier.Name, Verifier.Id, signature);
        var timed = new byte[SignedMessage.TimeBytes + signature.Length];
        BinaryPrimitives.WriteInt64BigEndian(timed, at.Value.ToUnixTimeSeconds());
        signature.CopyTo(timed, SignedMessage.TimeBytes);
        return new NoteSignature(Verifier.Name, Verifier.Id, timed);
    }
}
