using System.Text;
using Registry.Log.Notes;
using Registry.Log.Tests.Tree;

namespace Registry.Log.Tests.Notes;

/// <summary>A log's key, and checkpoints that it signed.</summary>
internal static class Samples
{
    public const string Origin = "registry.example/kz/draft";

    public static readonly DateTimeOffset Now = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);

    public static SigningKey LogKey { get; } = SigningKey.Generate(Origin, SignatureKind.Ed25519);

    public static SigningKey Witness(int number, SignatureKind kind = SignatureKind.Ed25519Cosignature) =>
        SigningKey.Generate($"w{number}.example", kind);

    public static SignedCheckpoint Sign(MemoryLog log, params SigningKey[] cosigners) => SignAt(log, Now, cosigners);

    public static SignedCheckpoint SignAt(MemoryLog log, DateTimeOffset at, params SigningKey[] cosigners)
    {
        var signed = SignedCheckpoint.Sign(new Checkpoint(Origin, log.Frontier.Size, log.Frontier.Root), [LogKey], at);
        return signed.With(cosigners.Select(key => key.Sign(signed.Note.Text, at)));
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
