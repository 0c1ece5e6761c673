using Registry.Log.Tiles;

namespace Registry.Log.Tests.Tiles;

public sealed class EntryBundleTests
{
    [Fact]
    public void Entries_of_every_length_come_back()
    {
        ReadOnlyMemory<byte>[] entries = [new byte[] { 1, 2, 3 }, Array.Empty<byte>(), new byte[EntryBundle.MostEntryBytes], new byte[] { 9 }];
        var bundle = EntryBundle.Write(entries);
        Assert.Equal([0, 3, 1, 2, 3, 0, 0, 0xff, 0xff], bundle[..9]);
        Assert.Equal(entries.Select(entry => entry.ToArray()), EntryBundle.Read(bundle, 4).Select(entry => entry.ToArray()));
    }

    [Theory]
    [InlineData(0, "The bundle of entries ends after 0 of 2 entries.")]
    [InlineData(1, "The bundle of entries ends after 0 of 2 entries.")]
    [InlineData(3, "The bundle of entries ends within entry 0 of 2: 1 of its 2 bytes are there.")]
    [InlineData(4, "The bundle of entries ends after 1 of 2 entries.")]
    [InlineData(8, "The bundle of entries has 1 bytes after its last entry.")]
    public void A_bundle_that_is_cut_or_has_more_is_refused(int length, string word)
    {
        byte[] bundle = [0, 2, 7, 7, 0, 1, 8, 0];
        Assert.Equal(word, Assert.Throws<FormatException>(() => EntryBundle.Read(bundle.AsMemory(0, length), 2)).Message);
    }

    [Fact]
    public void An_entry_that_is_too_long_and_too_many_entries_are_refused()
    {
        Assert.Throws<ArgumentException>(() => EntryBundle.Write([new byte[EntryBundle.MostEntryBytes + 1]]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Write(new ReadOnlyMemory<byte>[257]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Write([]));
    }
}
