using Registry.Log.Notes;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Notes;

public sealed class SignedNoteTests
{
    // The example of c2sp.org/signed-note.
    private const string ExampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private const string Example = "This is an example message.\n\n"
        + "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    // The key of the test of Go's sumdb/note.
    private const string GoPrivateKey = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string GoPublicKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    [Fact]
    public void The_example_of_the_specification_verifies()
    {
        var key = VerifierKey.Parse(ExampleKey);
        var note = SignedNote.Parse(Utf8(Example));
        Assert.Equal(ExampleKey, key.ToString());
        Assert.Equal(Example, note.ToString());
        Assert.True(key.Verifies(note.Text, Assert.Single(note.Signatures), out var at));
        Assert.Null(at);
        Assert.False(key.Verifies(note.Text + "more\n", note.Signatures[0], out _));
    }

    [Fact]
    public void Keys_of_the_Go_library_are_read_and_sign_as_it_does()
    {
        var key = SigningKey.Parse(GoPrivateKey + "\n");
        Assert.Equal(GoPublicKey, key.Verifier.ToString());
        Assert.Equal(GoPrivateKey, key.Export());
        var text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        Assert.Equal(
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=",
            key.Sign(text, Now).ToString());
        Assert.DoesNotContain("PRIVATE", key.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SignatureKind.Ed25519)]
    [InlineData(SignatureKind.Ed25519Cosignature)]
    [InlineData(SignatureKind.MlDsa44Cosignature)]
    public void Every_kind_of_key_signs_and_verifies_and_survives_its_text(SignatureKind kind)
    {
        var key = SigningKey.Parse(SigningKey.Generate("w.example/ü", kind).Export());
        var verifier = VerifierKey.Parse(key.Verifier.ToString());
        Assert.Equal(key.Verifier, verifier);
        var text = Sign(Tree.MemoryLog.Of(3)).Note.Text;
        var signature = NoteSignature.Parse(key.Sign(text, Now).ToString());
        Assert.True(verifier.Verifies(text, signature, out var at));
        Assert.Equal(kind == SignatureKind.Ed25519 ? null : Now, at);
        Assert.False(verifier.Verifies(Sign(Tree.MemoryLog.Of(4)).Note.Text, signature, out _));
        Assert.False(SigningKey.Generate("w.example/ü", kind).Verifier.Verifies(text, signature, out _));
        for (var bit = 0; bit < signature.Bytes.Length * 8; bit += 61)
        {
            var bytes = signature.Bytes.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(verifier.Verifies(text, signature with { Bytes = bytes }, out _), $"bit {bit}");
        }

        Assert.False(verifier.Verifies(text, signature with { Bytes = signature.Bytes[..^1] }, out _));
        Assert.False(verifier.Verifies(text, signature with { Bytes = new byte[3] }, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name AAAAAA==")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n- name AAAAAAAA\n")]
    [InlineData("text\n\n—name AAAAAAAA\n")]
    [InlineData("text\n\n— na+me AAAAAAAA\n")]
    [InlineData("text\n\n— na\u00a0me AAAAAAAA\n")]
    [InlineData("text\n\n— name AAAAAAAA \n")]
    [InlineData("text\n\n— name AAAAAAB=\n")]
    [InlineData("text\n\n— name AAAA AAAA\n")]
    [InlineData("text\r\n\n— name AAAAAAAA\n")]
    [InlineData("te\txt\n\n— name AAAAAAAA\n")]
    [InlineData("te\0xt\n\n— name AAAAAAAA\n")]
    public void What_is_no_note_is_refused(string text) => Assert.Throws<FormatException>(() => SignedNote.Parse(Utf8(text)));

    [Fact]
    public void A_note_that_is_cut_anywhere_verifies_nothing()
    {
        var bytes = Sign(Tree.MemoryLog.Of(3)).Note.ToBytes();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatException>(() => SignedNote.Parse(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void A_note_that_is_huge_or_no_text_is_refused_with_a_word()
    {
        var huge = Assert.Throws<FormatException>(() => SignedNote.Parse(new byte[50_000_000]));
        Assert.Equal("The note has 50000000 bytes; at most 131072 are read.", huge.Message);
        var latin = Assert.Throws<FormatException>(() => SignedNote.Parse([0xe9, (byte)'\n']));
        Assert.Equal("The note is not UTF-8 text.", latin.Message);
        var many = "text\n\n" + string.Concat(Enumerable.Repeat("— name AAAAAAAA\n", SignedNote.MostSignatures + 1));
        Assert.Equal("The note has more than 32 signatures.", Assert.Throws<FormatException>(() => SignedNote.Parse(Utf8(many))).Message);
        Assert.Equal(32, SignedNote.Parse(Utf8(many.Remove(many.Length - 16, 16))).Signatures.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com/foo")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U")]
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n")]
    [InlineData("example com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    public void What_is_no_public_key_is_refused(string text) => Assert.Throws<FormatException>(() => VerifierKey.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(GoPublicKey)]
    [InlineData("PRIVATE+KEY+PeterNeumann+c74f20a4+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")]
    [InlineData("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKD")]
    public void What_is_no_private_key_is_refused_and_not_quoted(string text)
    {
        var fault = Assert.Throws<FormatException>(() => SigningKey.Parse(text));
        Assert.DoesNotContain("AYEKFALV", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\u3000b")]
    public void A_name_with_spaces_or_plus_is_none(string name) =>
        Assert.Throws<ArgumentException>(() => SigningKey.Generate(name, SignatureKind.Ed25519));
}
