using Registry.Gateway.Collections.Paging;

namespace Registry.Gateway.Tests.Collections;

public class PageTokensTests
{
    private static readonly PageTokens Tokens = new(new byte[32]);
    private static readonly Place Somewhere = new(2024, 123_456_789_012, 234_567_890_123);

    [Fact]
    public void A_token_is_read_back_for_the_query_that_it_continues()
    {
        Assert.True(Tokens.TryRead(Tokens.Write(Somewhere, "query"u8), "query"u8, out var place));
        Assert.Equal(Somewhere, place);
    }

    [Fact]
    public void A_token_of_another_query_is_not_read() =>
        Assert.False(Tokens.TryRead(Tokens.Write(Somewhere, "query"u8), "other"u8, out _));

    [Fact]
    public void A_token_of_another_registry_is_not_read()
    {
        var others = new PageTokens([.. Enumerable.Repeat((byte)1, 32)]);
        Assert.False(Tokens.TryRead(others.Write(Somewhere, "query"u8), "query"u8, out _));
    }

    [Fact]
    public void A_token_with_any_character_changed_is_never_read_as_another_place()
    {
        var token = Tokens.Write(Somewhere, "query"u8);
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.True(!Tokens.TryRead(changed, "query"u8, out var place) || place == Somewhere);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("not base64 at all, but as long as one.")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public void What_is_made_up_is_not_read(string text) => Assert.False(Tokens.TryRead(text, "query"u8, out _));

    [Fact]
    public void The_key_survives_a_restart()
    {
        var directory = Directory.CreateTempSubdirectory("page-key");
        try
        {
            var first = PageKeyFile.LoadOrCreate(directory.FullName);
            Assert.Equal(32, first.Length);
            Assert.Equal(first, PageKeyFile.LoadOrCreate(directory.FullName));
            Assert.Single(directory.GetFiles());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_file_that_is_no_key_is_not_used()
    {
        var directory = Directory.CreateTempSubdirectory("page-key");
        try
        {
            File.WriteAllText(Path.Combine(directory.FullName, "page.key"), "short");
            Assert.Throws<InvalidDataException>(() => PageKeyFile.LoadOrCreate(directory.FullName));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
