using Registry.Log.Files;

namespace Registry.Log.Tests.Files;

public sealed class DurableFileTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_file_is_replaced_as_a_whole_and_is_nobody_else_s()
    {
        var path = _scratch["state"];
        DurableFile.Create(path, "first and longer"u8);
        DurableFile.Replace(path, "second"u8);
        Assert.Equal("second"u8, DurableFile.Read(path, 100));
        Assert.Equal([path], Directory.GetFiles(_scratch.Root));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void What_a_crash_left_half_written_is_written_anew()
    {
        File.WriteAllText(_scratch["state.new"], "half of a state that never was the state, and longer than the next one");
        DurableFile.Replace(_scratch["state"], "second"u8);
        Assert.Equal("second"u8, DurableFile.Read(_scratch["state"], 100));
    }

    [Fact]
    public void A_file_that_is_there_is_not_created_again_and_a_long_one_not_read()
    {
        DurableFile.Create(_scratch["state"], "first"u8);
        Assert.Throws<IOException>(() => DurableFile.Create(_scratch["state"], "second"u8));
        Assert.Throws<FormatException>(() => DurableFile.Read(_scratch["state"], 4));
    }

    [Fact]
    public void A_lock_is_held_by_one()
    {
        using (DurableFile.Lock(_scratch["lock"]))
            Assert.Throws<IOException>(() => DurableFile.Lock(_scratch["lock"]));
        DurableFile.Lock(_scratch["lock"]).Dispose();
    }
}
