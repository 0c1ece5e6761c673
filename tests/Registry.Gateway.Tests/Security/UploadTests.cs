using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Gateway.Tests.Security;

/// <summary>A file that is being taken in has no name, so that nothing of it is left however the process ends.</summary>
public sealed class UploadTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("registry-test-");
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("registry-tmp-");

    public void Dispose()
    {
        _data.Delete(recursive: true);
        _temporary.Delete(recursive: true);
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("application/geopackage+sqlite3")]
    public async Task Nothing_is_left_after_a_kill_in_the_middle(string mediaType)
    {
        await using var registry = await RegistryProcess.Start(_data.FullName, ("TMPDIR", _temporary.FullName));
        using var client = new TcpClient();
        await client.ConnectAsync(registry.Address.Host, registry.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /imports?collection=license-blocks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer dev-applicant-a\r\n"
            + $"Content-Type: {mediaType}\r\nContent-Length: 1000000\r\n\r\n{new string('x', 100_000)}"));

        await IsTaking(registry);
        Assert.Empty(Directory.GetFiles(_temporary.FullName, "registry-import-*"));
        await registry.Kill();

        Assert.Empty(Directory.GetFiles(_temporary.FullName, "registry-import-*"));
    }

    // The system shows what a process has open, also where that has no name any more.
    private static async Task IsTaking(RegistryProcess registry)
    {
        using var late = new CancellationTokenSource(Limit);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var open = $"/proc/{registry.Id.ToString(CultureInfo.InvariantCulture)}/fd";
        while (!Directory.GetFiles(open).Any(file => new FileInfo(file).LinkTarget is { } target
            && target.Contains("registry-import-", StringComparison.Ordinal) && target.EndsWith("(deleted)", StringComparison.Ordinal)))
            await again.WaitForNextTickAsync(late.Token);
    }
}
